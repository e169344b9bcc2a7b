using Haboob;
using Tame.Samples.Tests.Knot;

namespace Tame.Samples.Tests.Haboob;

public sealed class CommandLineTests
{
    [Fact]
    public void The_options_reach_the_server()
    {
        HaboobOptions? seen = null;
        int exit = HaboobCommand.Make(o => { seen = o; return 7; }).Parse(["--port", "0", "--target", "50", "--no-control", "--work", "9", "--file-threads", "3", "--list"]).Invoke();

        Assert.Equal(7, exit);
        Assert.Equal((TimeSpan.FromMilliseconds(50), false, 9, 3, 0, true), (seen!.Target, seen.IsControlled, seen.Work, seen.FileThreads, seen.Site.Port, seen.Site.ListDirectories));
    }

    [Fact]
    public void Without_options_it_has_its_defaults_and_Knots_page()
    {
        HaboobOptions? seen = null;
        HaboobCommand.Make(o => { seen = o; return 0; }).Parse([]).Invoke();

        Assert.Equal(new HaboobOptions(), seen);
        Assert.True(File.Exists(Path.Join(Path.GetDirectoryName(typeof(HaboobOptions).Assembly.Location), "wwwroot", "index.html")));
    }

    [Theory]
    [InlineData("--target", "0")]
    [InlineData("--work", "many")]
    [InlineData("--file-threads", "257")]
    [InlineData("--port", "70000")]
    public void A_bad_option_is_one_line_and_exit_code_1(string option, string value)
    {
        var (exit, output, error) = Command.Run(typeof(HaboobOptions), option, value);

        Assert.Equal((1, ""), (exit, output));
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.StartsWith("haboob: ", error);
    }

    [Fact]
    public void A_signal_ends_it_with_0()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no kill there.");
        using var process = Command.Start(typeof(HaboobOptions), "--port", "0");
        using (var client = new Client(new Uri(process.StandardOutput.ReadLine()!).Port))
        {
            Assert.Equal(200, client.Get("/").Status);
            Assert.Equal(200, client.Get("/bottleneck").Status);
        }
        using (var kill = System.Diagnostics.Process.Start("sh", ["-c", $"kill -TERM {process.Id}"]))
            kill.WaitForExit();
        Assert.True(process.WaitForExit(10_000), "It did not stop.");
        Assert.Equal((0, ""), (process.ExitCode, process.StandardError.ReadToEnd()));
    }
}

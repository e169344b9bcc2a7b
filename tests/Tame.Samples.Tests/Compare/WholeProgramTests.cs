extern alias compare;
using System.Diagnostics;
using System.Globalization;
using compare::Tame.Comparison;
using compare::Tame.Comparison.Results;
using Tame.Load;

namespace Tame.Samples.Tests.Compare;

/// <summary>The program itself, with Knot alone and for seconds.</summary>
public sealed class WholeProgramTests
{
    [Fact]
    public void A_short_run_with_Knot_writes_page_pictures_and_numbers()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "This needs /proc.");
        using var folder = new TemporaryFolder();
        var (exit, output, error) = Finish(Start("--quick", "--only", "mix", "--servers", "knot", "--clients", "1,4", "--seconds", "1", "--megabytes", "5", "--out", folder.Path));
        Assert.True(exit == 0, error);
        var found = Findings.Read(Path.Join(folder.Path, "servers.json"));
        Assert.Empty(found.Missing);
        Assert.Equal([("knot", 1), ("knot", 4)], found.Mix.Select(point => (point.Server, point.Clients)));
        Assert.All(found.Mix, point => Assert.True(
            point is { RequestsPerSecond: > 0, Errors: 0, Fairness: > 0, ResidentMegabytes: > 1, ProportionalMegabytes: > 1, VirtualMegabytes: > 1, Threads: > 0, Processes: 1, ServerBusy: > 0, Milliseconds.P50: > 0 }, $"{point}"));
        string page = File.ReadAllText(Path.Join(folder.Path, "servers.md"));
        Assert.Contains("| 4 | knot |", page, StringComparison.Ordinal);
        Assert.Contains("| 4 | knot |", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Join(folder.Path, "images/servers-throughput-dark.png")));
        Assert.Contains("knot, 4 clients", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_leaves_no_process_and_no_folder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "This needs signals.");
        using var folder = new TemporaryFolder();
        using var program = Start("--quick", "--only", "mix", "--servers", "knot", "--clients", "1", "--seconds", "60", "--megabytes", "5", "--out", folder.Path);
        while (program.StandardError.ReadLine() is { } line && !line.EndsWith("knot, 1 client", StringComparison.Ordinal))
            Assert.DoesNotContain("The page", line, StringComparison.Ordinal);
        var family = ProcessTree.Of(program.Id).Skip(1).ToList();
        Assert.Single(family);
        string files = Path.GetDirectoryName(File.ReadAllText($"/proc/{family[0]}/cmdline").Split('\0').SkipWhile(word => word != "--root").ElementAt(1))!;
        Assert.True(Directory.Exists(files));
        using var signal = Process.Start("bash", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -INT {program.Id}")]);
        Assert.Equal(130, Finish(program).Exit);
        Assert.DoesNotContain(family, id => Directory.Exists($"/proc/{id}"));
        Assert.False(Directory.Exists(files));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("servers: there is no server iis: knot, haboob, nginx, kestrel, apache-event, apache-worker, threads", "--servers", "knot,iis")]
    [InlineData("servers: there is no part all: mix, overload, tasks", "--only", "all")]
    [InlineData("servers: --clients must be numbers from 1 with commas between, not 0.", "--clients", "1,0")]
    [InlineData("servers: --seconds must be more than 0.", "--seconds", "0")]
    public void What_cannot_be_meant_is_refused(string expected, params string[] args)
    {
        var (exit, _, error) = Finish(Start(args));
        Assert.Equal((1, expected), (exit, error.TrimEnd()));
    }

    private static Process Start(params string[] args) => Command.Start(typeof(WholeRun), args);

    private static (int Exit, string Output, string Error) Finish(Process program)
    {
        using (program)
        {
            var error = program.StandardError.ReadToEndAsync();
            string output = program.StandardOutput.ReadToEnd();
            program.WaitForExit();
            return (program.ExitCode, output, error.GetAwaiter().GetResult());
        }
    }
}

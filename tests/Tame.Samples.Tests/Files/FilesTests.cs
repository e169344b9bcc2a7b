using System.Diagnostics;
using Tame.IO;

namespace Tame.Samples.Tests.Files;

/// <summary>The programs of docs/io.md about files, processes and standard input.</summary>
public sealed class FilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tame-sample-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_log_is_written_and_read() => Assert.Equal((0, "line 1\nline 2\nline 3\n"), Run("log", _folder));

    [Fact]
    public void The_log_is_written_and_read_in_memory()
    {
        var output = new StringWriter { NewLine = "\n" };
        EventLoop.Run(done => global::Files.Logs.Write("/logs", output, done), new EventLoopOptions { Network = new MemoryNetwork(), VirtualTime = true });
        Assert.Equal("line 1\nline 2\nline 3\n", output.ToString());
    }

    [Fact]
    public void Changes_are_told() => Assert.Equal((0, "Created new\nDeleted new\n"), Run("watch", _folder));

    [Fact]
    public void Another_program_sorts() => Assert.Equal((0, "c\nb\na\nexit code 0\n"), Run("sort"));

    [Fact]
    public void A_connection_is_answered_in_another_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Handles pass on Linux.");
        Assert.Equal((0, "the worker answered\n"), Run("pass", Path.Combine(_folder, "socket")));
    }

    [Fact]
    public void Bytes_of_the_standard_input_are_counted()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(global::Files.Logs).Assembly.Location, "count"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        process.StandardInput.Write("12345");
        process.StandardInput.Close();
        Assert.Equal("5 bytes\n", process.StandardOutput.ReadToEnd().ReplaceLineEndings("\n"));
        Assert.True(process.WaitForExit(20_000), "It did not stop.");
    }

    private static (int Exit, string Output) Run(params string[] args)
    {
        var (exit, output, _) = Command.Run(typeof(global::Files.Logs), args);
        return (exit, output.ReplaceLineEndings("\n"));
    }
}

using System.Diagnostics;

namespace Tame.IO.Tests.StandardInputs;

/// <summary>The standard input of a program, which is this one, run as a child: on a pipe, a file, a terminal and nothing.</summary>
public sealed class StandardInputTests : IDisposable
{
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(5);
    private readonly string _root = Directory.CreateTempSubdirectory("tame-files-").FullName;

    private static string Self => $"'{Environment.ProcessPath}'{(Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? $" '{typeof(StandardInputTests).Assembly.Location}'" : "")} --filter-class {typeof(StandardInputChild).FullName}";

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("direct")]
    [InlineData("portable")]
    public void A_pipe_is_read_while_the_loop_goes_on(string how) =>
        Assert.Equal("one|+two|end", Run(how, $"(printf 'one\\n'; while ! grep -q + {_root}/out; do sleep 0.05; done; printf 'two\\n') 2>/dev/null | TAME_TICKS=10"));

    [Theory]
    [InlineData("direct")]
    [InlineData("portable")]
    public void A_file_is_read_from_where_the_parent_left_it(string how)
    {
        File.WriteAllText(_root + "/input", "zero\none\ntwo\n");
        Assert.Equal("one|two|end", Run(how, $"exec 0<{_root}/input; read zero;"));
    }

    [Theory]
    [InlineData("direct")]
    [InlineData("portable")]
    public void The_null_device_ends_at_once(string how) => Assert.Equal("end", Run(how, "exec 0</dev/null;"));

    [Fact]
    public void A_pipe_keeps_its_blocking_mode()
    {
        Assert.Equal("one|end", Run("direct", "printf 'one\\n' | (", "; grep -q '^flags:.*[4-7]...$' /proc/self/fdinfo/0 && echo nonblocking > " + _root + "/flags)"));
        Assert.False(File.Exists(_root + "/flags"));
    }

    [Theory]
    [InlineData("direct")]
    [InlineData("portable")]
    public void A_terminal_is_read_by_the_line_and_keeps_its_blocking_mode(string how)
    {
        string command = $"TAME_STDIN={how} TAME_OUT={_root}/out {Self} > {_root}/log; cat /proc/self/fdinfo/0 > {_root}/flags";
        var start = new ProcessStartInfo("script", ["-q", "-c", $"stty -echo; echo ready; {command}", "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var script = Process.Start(start)!;
        while (script.StandardOutput.ReadLine()?.Trim() is not ("ready" or null))
            ;
        script.StandardInput.Write("one\n");
        script.StandardInput.Flush();
        WaitFor("one|");
        script.StandardInput.Write("two\n");
        script.StandardInput.Flush();
        WaitFor("one|two|");
        script.StandardInput.Write("\u0004");
        script.StandardInput.Flush();
        WaitFor("end");
        Assert.True(script.WaitForExit(s_hang), "It did not end.");
        string flags = File.ReadLines(_root + "/flags").Single(line => line.StartsWith("flags:", StringComparison.Ordinal))[6..].Trim();
        Assert.Equal(0, Convert.ToInt32(flags, 8) & 0x800);
    }

    private void WaitFor(string text)
    {
        var clock = Stopwatch.StartNew();
        while (!File.Exists(_root + "/out") || !File.ReadAllText(_root + "/out").Contains(text, StringComparison.Ordinal))
        {
            Assert.True(clock.Elapsed < s_hang, $"'{text}' did not come: {(File.Exists(_root + "/out") ? File.ReadAllText(_root + "/out") : "nothing")}");
            Thread.Sleep(10);
        }
    }

    private string Run(string how, string before, string after = "")
    {
        using var shell = Process.Start("sh", ["-c", $"{before} TAME_STDIN={how} TAME_OUT={_root}/out {Self} > {_root}/log {after}"]);
        Assert.True(shell.WaitForExit(s_hang), "It did not end.");
        Assert.True(File.Exists(_root + "/out"), File.ReadAllText(_root + "/log"));
        return File.ReadAllText(_root + "/out").Replace("\n", "", StringComparison.Ordinal);
    }
}

/// <summary>What the child does: writes what it reads to a file, and a plus when its loop has ticked. Without a role it does nothing.</summary>
public sealed partial class StandardInputChild
{
    private static readonly string? s_how = Environment.GetEnvironmentVariable("TAME_STDIN");
    private readonly StreamWriter? _out = s_how is null ? null : new StreamWriter(Environment.GetEnvironmentVariable("TAME_OUT")!) { AutoFlush = true };

    [Fact]
    public void Reads()
    {
        if (s_how is not null)
            EventLoop.Run(done => Read(done));
        _out?.Dispose();
    }

    [Tamed]
    private partial void Read(Event done);

    private void ReadBody(Event done)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("TAME_TICKS"), out int ticks))
            Tick(ticks, Event.Detached);
        using var input = StandardInput.Open(s_how == "portable");
        var buffer = new byte[100];
        string text = "";
        int count;
        do
        {
            twait(e => input.Receive(buffer, e), out count);
            text = System.Text.Encoding.ASCII.GetString(buffer, 0, count);
            _out!.Write(text.Replace("\n", "|", StringComparison.Ordinal));
        }
        while (count != 0);
        _out.Write("end");
        done.Trigger();
    }

    [Tamed]
    private partial void Tick(int times, Event done);

    private void TickBody(int times, Event done)
    {
        for (int i = 0; i < times; i++)
            twait(e => timer(TimeSpan.FromMilliseconds(20), e));
        _out!.Write("+");
        done.Trigger();
    }
}

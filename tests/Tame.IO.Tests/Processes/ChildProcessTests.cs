using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Tame.IO.Tests.Processes;

/// <summary>Processes that a loop starts, their streams through the descriptor table and, as on other systems, through the thread pool.</summary>
public sealed partial class ChildProcessTests
{
    private const bool Direct = false, Portable = true;
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(5);
    private readonly List<string> _seen = [];

    [Theory]
    [InlineData(Direct)]
    [InlineData(Portable)]
    public void A_process_answers_and_ends(bool isPortable)
    {
        EventLoop.Run(done => Talk(isPortable, done));
        Assert.Equal(["hello from value in /", "err", "7", "7"], _seen);
    }

    [Theory]
    [InlineData(Direct)]
    [InlineData(Portable)]
    public void Megabytes_go_through_a_process(bool isPortable) => EventLoop.Run(done => PassMuch(isPortable, done));

    [Theory]
    [InlineData(Direct)]
    [InlineData(Portable)]
    public void A_process_that_floods_a_reader_who_does_not_read_is_blocked(bool isPortable) => EventLoop.Run(done => Flood(isPortable, done));

    [Theory]
    [InlineData(Direct)]
    [InlineData(Portable)]
    public void Input_that_a_process_does_not_take_fails_the_send(bool isPortable)
    {
        EventLoop.Run(done => SendToDeaf(isPortable, done));
        Assert.Contains("the standard input of sh", _seen[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Direct)]
    [InlineData(Portable)]
    public void What_a_process_wrote_before_it_ended_is_read_afterwards(bool isPortable)
    {
        EventLoop.Run(done => ReadLate(isPortable, done));
        Assert.Equal(["0", "late"], _seen);
    }

    [Fact]
    public void A_wait_that_is_given_up_kills_the_process_and_its_children()
    {
        EventLoop.Run(done => GiveUp(done));
        Assert.Equal(["late", "137"], _seen);
    }

    /// <summary>To kill a process stops it first: it stayed so where the program ended before the kill.</summary>
    [Fact]
    public void A_program_that_ends_at_once_leaves_no_process_that_it_disposed_of()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "This needs the program sleep.");
        for (int i = 0; i < 8; i++)
        {
            using var program = Process.Start(new ProcessStartInfo("dotnet", [typeof(ChildProcessTests).Assembly.Location, "peer", "leave"]) { RedirectStandardOutput = true })!;
            int id = int.Parse(program.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            Assert.True(program.WaitForExit(s_hang), "The program hangs.");
            Assert.Equal(0, program.ExitCode);
            bool isGone = SpinWait.SpinUntil(() => !IsThere(id), s_hang);
            if (!isGone)
                Process.GetProcessById(id).Kill();
            Assert.True(isGone, $"The process {id} is left behind by program {i}.");
        }
    }

    /// <summary>Whether it runs or is stopped. One that was killed may stay a zombie, where the first process of a container takes no notice.</summary>
    private static bool IsThere(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && !(File.Exists($"/proc/{id}/stat") && File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal));
        }
        catch (Exception error) when (error is ArgumentException or IOException)
        {
            return false;
        }
    }

    [Fact]
    public void Disposing_of_a_process_kills_it_and_leaves_no_zombie()
    {
        int id = 0;
        EventLoop.Run(done => KillByDispose(e => id = e, done));
        Assert.True(id != 0);
        Assert.False(Directory.Exists($"/proc/{id}"), "A zombie is left.");
    }

    [Theory]
    [InlineData(Direct)]
    [InlineData(Portable)]
    public void An_output_that_a_grandchild_holds_does_not_hold_the_exit(bool isPortable)
    {
        EventLoop.Run(done => LeaveGrandchild(isPortable, done));
        Assert.Equal(["hi", "0", "no end yet"], _seen);
    }

    [Fact]
    public void A_program_that_is_not_there_is_named()
    {
        EventLoop.Run(done => StartNothing(done));
        Assert.Contains("'/none/such' cannot be started", _seen[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_of_the_wrong_direction_and_one_that_was_not_redirected_throw() => EventLoop.Run(done => UseWrongly(done));

    [Tamed]
    private static partial void Start(bool isPortable, string script, Event<ChildProcess> started);

    private static void StartBody(bool isPortable, string script, Event<ChildProcess> started)
    {
        var options = new ChildProcessOptions("sh")
        {
            Arguments = ["-c", script],
            Environment = new Dictionary<string, string?> { ["TAME_TEST"] = "value" },
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        twait(e => ChildProcess.Start(options, isPortable, e), out ChildProcess child);
        started.Trigger(child);
    }

    [Tamed]
    private static partial void ReadAll(Connection connection, Event<string> read);

    private static void ReadAllBody(Connection connection, Event<string> read)
    {
        var buffer = new byte[65536];
        var text = new StringBuilder();
        int count;
        do
        {
            twait(e => connection.Receive(buffer, e), out count);
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        while (count != 0);
        read.Trigger(text.ToString());
    }

    [Tamed]
    private partial void Talk(bool isPortable, Event done);

    private void TalkBody(bool isPortable, Event done)
    {
        twait(e => Start(isPortable, "read x; echo $x from $TAME_TEST in $PWD; echo err >&2; exit 7", e), out ChildProcess child);
        using var end = child;
        twait(e => child.StandardInput.Send("hello\n"u8.ToArray(), e));
        twait(e => ReadAll(child.StandardOutput, e), out string output);
        twait(e => ReadAll(child.StandardError, e), out string error);
        twait(e => child.WaitForExit(e.WithTimeout(s_hang)), out int code);
        _seen.AddRange([output.Trim(), error.Trim(), $"{code}", $"{child.ExitCode}"]);
        done.Trigger();
    }

    [Tamed]
    private static partial void PassMuch(bool isPortable, Event done);

    private static void PassMuchBody(bool isPortable, Event done)
    {
        twait(e => Start(isPortable, "cat", e), out ChildProcess child);
        using var end = child;
        string output;
        using (twait())
        {
            SendMuch(child.StandardInput, mkevent());
            ReadAll(child.StandardOutput, mkevent(out output));
        }
        Assert.Equal(5_000_000, output.Length);
        done.Trigger();
    }

    [Tamed]
    private static partial void SendMuch(Connection input, Event done);

    private static void SendMuchBody(Connection input, Event done)
    {
        var bytes = new byte[5_000_000];
        bytes.AsSpan().Fill((byte)'x');
        twait(e => input.Send(bytes, e));
        input.CloseSend();
        done.Trigger();
    }

    [Tamed]
    private static partial void Flood(bool isPortable, Event done);

    private static void FloodBody(bool isPortable, Event done)
    {
        twait(e => Start(isPortable, "yes", e), out ChildProcess child);
        using var end = child;
        long before = Environment.WorkingSet;
        var buffer = new byte[1];
        twait(e => child.StandardOutput.Receive(buffer, e), out int count);
        twait(e => timer(TimeSpan.FromMilliseconds(300), e));
        Assert.Equal(1, count);
        Assert.Null(child.ExitCode);
        Assert.True(Environment.WorkingSet - before < 100 << 20, "What it wrote is buffered here.");
        done.Trigger();
    }

    [Tamed]
    private partial void SendToDeaf(bool isPortable, Event done);

    private void SendToDeafBody(bool isPortable, Event done)
    {
        twait(e => Start(isPortable, "exec <&-; sleep 60", e), out ChildProcess child);
        using var end = child;
        var bytes = new byte[1_000_000];
        try
        {
            twait(e => child.StandardInput.Send(bytes, e.WithTimeout(s_hang)));
        }
        catch (System.Net.Sockets.SocketException error)
        {
            _seen.Add(error.Message);
        }
        done.Trigger();
    }

    [Tamed]
    private partial void ReadLate(bool isPortable, Event done);

    private void ReadLateBody(bool isPortable, Event done)
    {
        twait(e => Start(isPortable, "echo late", e), out ChildProcess child);
        using var end = child;
        twait(e => child.WaitForExit(e.WithTimeout(s_hang)), out int code);
        GC.Collect();       // nothing refers to the stream of the process object, which has ended
        GC.WaitForPendingFinalizers();
        twait(e => ReadAll(child.StandardOutput, e), out string output);
        _seen.AddRange([$"{code}", output.Trim()]);
        done.Trigger();
    }

    [Tamed]
    private partial void GiveUp(Event done);

    private void GiveUpBody(Event done)
    {
        twait(e => Start(Direct, "sleep 600 & echo $!; wait", e), out ChildProcess child);
        using var end = child;
        var buffer = new byte[20];
        twait(e => child.StandardOutput.Receive(buffer, e), out int count);
        string grandchild = Encoding.ASCII.GetString(buffer, 0, count).Trim();
        try
        {
            twait(e => child.WaitForExit(e.WithTimeout(TimeSpan.FromMilliseconds(20))), out int _);
        }
        catch (TimeoutException)
        {
            _seen.Add("late");
        }
        twait(e => child.WaitForExit(e.WithTimeout(s_hang)), out int code);
        _seen.Add($"{code}");
        twait(e => ReadAll(child.StandardOutput, e.WithTimeout(s_hang)), out string _);      // ends when the grandchild has
        Assert.False(File.Exists($"/proc/{grandchild}/exe") && File.ReadLines($"/proc/{grandchild}/status").Any(line => line.StartsWith("State:\tS", StringComparison.Ordinal)));
        done.Trigger();
    }

    [Tamed]
    private static partial void KillByDispose(Action<int> started, Event done);

    private static void KillByDisposeBody(Action<int> started, Event done)
    {
        twait(e => Start(Direct, "exec sleep 600", e), out ChildProcess child);
        started(child.Id);
        child.Dispose();
        twait(e => child.WaitForExit(e.WithTimeout(s_hang)), out int code);
        Assert.Equal(137, code);
        done.Trigger();
    }

    [Tamed]
    private partial void LeaveGrandchild(bool isPortable, Event done);

    private void LeaveGrandchildBody(bool isPortable, Event done)
    {
        twait(e => Start(isPortable, "sleep 3 & echo hi", e), out ChildProcess child);
        using var end = child;
        var buffer = new byte[20];
        twait(e => child.StandardOutput.Receive(buffer, e), out int count);
        _seen.Add(Encoding.ASCII.GetString(buffer, 0, count).Trim());
        twait(e => child.WaitForExit(e.WithTimeout(s_hang)), out int code);
        _seen.Add($"{code}");
        try
        {
            twait(e => child.StandardOutput.Receive(buffer, e.WithTimeout(TimeSpan.FromMilliseconds(50))), out count);
        }
        catch (TimeoutException)
        {
            _seen.Add("no end yet");
        }
        done.Trigger();
    }

    [Tamed]
    private partial void StartNothing(Event done);

    private void StartNothingBody(Event done)
    {
        try
        {
            twait(e => ChildProcess.Start(new ChildProcessOptions("/none/such"), e), out ChildProcess _);
        }
        catch (IOException error)
        {
            _seen.Add(error.Message);
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void UseWrongly(Event done);

    private static void UseWronglyBody(Event done)
    {
        twait(e => ChildProcess.Start(new ChildProcessOptions("cat") { RedirectStandardInput = true }, e), out ChildProcess child);
        using var end = child;
        Assert.Contains("RedirectStandardOutput", Assert.Throws<InvalidOperationException>(() => child.StandardOutput).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => child.StandardInput.Receive(new byte[1], Event<int>.Detached));
        Assert.Throws<System.Net.Sockets.SocketException>(() => child.StandardInput.GetSocketOption(default, default));
        child.StandardInput.CloseSend();
        Assert.Throws<InvalidOperationException>(() => child.StandardInput.Send(new byte[1], Event.Detached));
        twait(e => child.WaitForExit(e.WithTimeout(s_hang)), out int code);
        Assert.Equal(0, code);
        done.Trigger();
    }
}

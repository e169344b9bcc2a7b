using System.Runtime.InteropServices;
using static Tame.Primitives;

namespace Tame.Runtime.Tests.Observing;

public sealed class PrintBlockedTests
{
    [Fact]
    public void The_printer_shows_the_trees_of_all_loops()
    {
        var text = new StringWriter();
        using var isBlocked = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var other = new Thread(() => EventLoop.Run(
            done =>
            {
                var loop = EventLoop.Current!;
                Call.Blocks(done, c =>
                {
                    var e = c.Make(7);
                    new Thread(() =>
                    {
                        isBlocked.Set();
                        goOn.Wait(CancellationToken.None);
                        e.Trigger();
                    }).Start();
                });
            },
            new EventLoopOptions { Name = "other" }))
        { Name = "of the other" };
        other.Start();
        Assert.True(isBlocked.Wait(Loops.Hang, CancellationToken.None));
        BlockedCallsPrinter.Print(text);
        goOn.Set();
        Assert.True(other.Join(Loops.Hang));
        Assert.Contains("tame: other (thread ", text.ToString());
        Assert.Contains(", of the other): 1 calls wait:\nTests.Call at Call.cs:", text.ToString());
    }

    [Fact]
    public void A_loop_that_nothing_runs_is_named_with_the_number_of_its_calls()
    {
        using var loop = new EventLoop(new EventLoopOptions { Name = "idle one" });
        Call.Blocks(default, c => timer(TimeSpan.FromHours(1), c.Make(1)));
        string text = "";
        Loops.OnThread(() =>
        {
            var writer = new StringWriter();
            BlockedCallsPrinter.Print(writer);
            text = writer.ToString();
        });
        Assert.Contains("does not answer within 1 s: it runs a long action, or nothing runs the loop; 1 calls wait", text.Split('\n').Single(line => line.Contains("idle one")));
    }

    [Fact]
    public void A_program_that_opted_in_prints_at_the_signal_and_goes_on()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such signal.");
            return;
        }
        var text = new StringWriter();
        using var printing = EventLoop.PrintBlockedOn(PosixSignal.SIGCONT, TextWriter.Synchronized(text));
        EventLoop.Run(
            done => Call.Blocks(done, c =>
            {
                using var kill = System.Diagnostics.Process.Start("kill", ["-CONT", $"{Environment.ProcessId}"]);
                var e = c.Make(9);
                new Thread(() =>
                {
                    SpinWait.SpinUntil(() => text.ToString().Contains("named so", StringComparison.Ordinal), Loops.Hang);
                    e.Trigger();
                }).Start();
            }),
            new EventLoopOptions { Name = "named so" });
        Assert.Contains("tame: named so (thread", text.ToString());
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Tame.Runtime.Tests.IO;

namespace Tame.Runtime.Tests.Losses;

/// <summary>Waits that cannot end, in virtual time: the run ends.</summary>
public sealed class DeadlockTests
{
    /// <summary>The signal SIGCONT.</summary>
    private const int Continue = 18;
    private readonly List<object> _held = [];

    private static EventLoopOptions WithoutDetection => new() { VirtualTime = true, LostEvents = LostEventDetection.Off };

    private static EventLoopOptions WithoutExitTimeout => new() { VirtualTime = true, ExitTimeout = Timeout.InfiniteTimeSpan };

    [Fact]
    public void Run_names_the_calls_that_wait_as_a_tree()
    {
        var thrown = Assert.Throws<DeadlockException>(() => EventLoop.Run(Stuck, Loops.Virtual));
        Assert.Equal([1010, 1020], thrown.Blocked.Select(call => call.Line));
        Assert.Same(thrown.Blocked[1], Assert.Single(thrown.Blocked[0].WaitsFor));
        Assert.Contains("\nTests.Call at Call.cs:1010\n  Tests.Call at Call.cs:1020\n", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("EventLoop.HoldTime", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(thrown.OtherFailures());
    }

    [Fact]
    public void Every_overload_with_a_main_ends()
    {
        Assert.Throws<DeadlockException>(() => EventLoop.Run<int>(e => _held.Add(e), Loops.Virtual));
        Assert.Throws<DeadlockException>(() => EventLoop.Run(e => Finished(() => _held.Add(e)), Loops.Virtual));
        Assert.Throws<DeadlockException>(() => EventLoop.Run<int>(e => Finished(() => _held.Add(e)), Loops.Virtual));
        Assert.Throws<DeadlockException>(() => EventLoop.Run(Stuck, WithoutDetection));
        var thrown = Assert.Throws<DeadlockException>(() => EventLoop.Run((Event e) => _held.Add(e), Loops.Virtual));
        Assert.Empty(thrown.Blocked);
        Assert.Contains("No tamed call is waiting", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_that_are_blocked_clean_up_as_at_any_end()
    {
        var log = new List<string>();
        Assert.Throws<DeadlockException>(() => EventLoop.Run(
            done =>
            {
                Stuck(done);
                Call.Start(c => CleanUp(c, log, TimeSpan.FromSeconds(1)));
            },
            Loops.Virtual));
        Assert.Equal(["cancelled", "cleaned up"], log);
    }

    [Fact]
    public void Losses_are_reported_first()
    {
        var lost = Assert.Throws<LostEventException>(() => EventLoop.Run(
            done =>
            {
                Stuck(default);
                Call.Blocks(done, Drop);
            },
            Loops.Virtual));
        Assert.Equal(5, lost.Line);
        bool isCaught = false;
        Assert.Throws<DeadlockException>(() => EventLoop.Run(
            done => Call.Start(
                c =>
                {
                    if (c.State == 0)
                    {
                        c.EnterBlock();
                        Drop(c);
                        c.BlockDone(1);
                        return;
                    }
                    if (c.State == 1)
                    {
                        Assert.Throws<LostEventException>(c.EndBlockOrThrow);
                        isCaught = true;
                        c.EnterBlock();
                        _held.Add(c.Make(1));
                        c.BlockDone(2);
                    }
                },
                done),
            Loops.Virtual));
        Assert.True(isCaught);
    }

    [Fact]
    public void A_loss_that_a_finalizer_hides_for_a_while_is_reported_first()
    {
        var lost = Assert.Throws<LostEventException>(() => EventLoop.Run(done => Call.Blocks(done, c => Hide(c, times: 4)), Loops.Virtual));
        Assert.Equal(7, lost.Line);
    }

    [Fact]
    public void An_event_that_finalizers_keep_for_good_is_held()
    {
        Guard.IsOver = false;
        try
        {
            Assert.Throws<DeadlockException>(() => EventLoop.Run(done => Call.Blocks(done, c => Hide(c, times: int.MaxValue)), Loops.Virtual));
        }
        finally
        {
            Guard.IsOver = true;
        }
    }

    [Fact]
    public void A_run_without_main_returns_and_Blocked_lists_the_calls()
    {
        using var loop = new EventLoop(Loops.Virtual);
        var invoked = loop.InvokeAsync(e => _held.Add(e), TestContext.Current.CancellationToken);
        loop.Post(() => Stuck(default));
        loop.Run();
        Assert.Equal([1010, 1020], loop.Blocked.Select(call => call.Line));
        Assert.False(invoked.IsCompleted);
        loop.Run();
        loop.Dispose();
        Assert.True(invoked.IsCanceled);
    }

    [Fact]
    public void What_may_still_come_is_no_deadlock()
    {
        Loops.RunBlocks(c => Primitives.timer(TimeSpan.FromHours(1), c.Make(1)));
        Loops.RunBlocks(c => Task.Run(() => Thread.Sleep(50), TestContext.Current.CancellationToken).Trigger(c.Make(1)));
        Loops.RunBlocks(Foreign);
        Loops.RunBlocks(OfSignal);
        Loops.RunBlocks(OfDescriptor);
    }

    [Fact]
    public void Stop_comes_first()
    {
        Assert.Throws<OperationCanceledException>(() => EventLoop.Run(
            done =>
            {
                Stuck(done);
                EventLoop.Current!.Stop();
            },
            Loops.Virtual));
    }

    [Fact]
    public void A_call_that_waits_for_nothing_while_it_cleans_up_is_abandoned_where_the_time_for_it_is_endless()
    {
        string? named = null;
        Assert.Throws<DeadlockException>(() => EventLoop.Run(
            done =>
            {
                EventLoop.Current!.UnhandledException += (_, unhandled) =>
                {
                    named = Assert.IsType<TimeoutException>(unhandled.Exception).Message;
                    unhandled.Handled = true;
                };
                Call.Start(c => CleanUp(c, [], time: null), done);
            },
            WithoutExitTimeout));
        Assert.Contains("Call.cs:77", named, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_real_clock_the_run_goes_on_and_the_event_source_tells()
    {
        using var trace = new Traced();
        EventLoop.Run(
            done =>
            {
                var loop = EventLoop.Current!;
                Stuck(default);
                Later(() =>
                {
                    Assert.True(SpinWait.SpinUntil(() => Reports(trace).Length != 0, Loops.Hang));
                    loop.Post(() => done.Trigger());
                });
            },
            new EventLoopOptions { LostEvents = LostEventDetection.Aggressive });
        Assert.EndsWith("Tests.Call at Call.cs:1010\n  Tests.Call at Call.cs:1020", Assert.Single(Reports(trace)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_wait_is_told_again()
    {
        using var trace = new Traced();
        EventLoop.Run(
            done =>
            {
                var loop = EventLoop.Current!;
                Stuck(default);
                Later(() =>
                {
                    SpinWait.SpinUntil(() => Reports(trace).Length == 1, Loops.Hang);
                    loop.Post(() => Stuck(default));
                    SpinWait.SpinUntil(() => Reports(trace).Length == 2, Loops.Hang);
                    loop.Post(() => done.Trigger());
                });
            },
            new EventLoopOptions { LostEvents = LostEventDetection.Aggressive });
        Assert.Equal([1, 2], Reports(trace).Select(report => Regex.Count(report, "Call.cs:1010")));
    }

    private static string[] Reports(Traced trace) => [.. trace.Told.Where(told => told.StartsWith("Stuck: ", StringComparison.Ordinal) && told.Contains("Call.cs:1010", StringComparison.Ordinal))];

    /// <summary>A call that waits for another, which waits for what it holds itself.</summary>
    private void Stuck(Event done) => Call.Start(
        c =>
        {
            if (c.State != 0)
                return;
            c.EnterBlock();
            var ofInner = c.Make(1);
            c.BlockDone(1010);
            Call.Start(
                inner =>
                {
                    if (inner.State != 0)
                        return;
                    inner.EnterBlock();
                    _held.Add(inner.Make(2));
                    inner.BlockDone(1020);
                },
                ofInner);
        },
        done);

    private static Task Finished(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop(Call c) => c.Make(5);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Hide(Call c, int times) => Guard.Hide(c.Make(7), times);

    /// <summary>A thread that holds time until it has triggered an event.</summary>
    private static void Foreign(Call c)
    {
        var e = c.Make(1);
        Loops.Beside(() =>
        {
            Thread.Sleep(50);
            e.Trigger();
        });
    }

    private static void OfSignal(Call c)
    {
        Primitives.signal((PosixSignal)Continue, c.Make(1));
        Later(() => Posix.Raise(Continue));
    }

    private static void OfDescriptor(Call c)
    {
        var (reader, writer) = Posix.Pipe();
        Primitives.wait_on_fd(reader, FdEvents.Read, c.Make(1));
        Later(() => Posix.Write(writer));
    }

    private static void Later(Action action) => new Thread(() =>
    {
        Thread.Sleep(50);
        action();
    }).Start();

    private void CleanUp(Call c, List<string> log, TimeSpan? time)
    {
        switch (c.State)
        {
            case 0:
                c.EnterBlock();
                _held.Add(c.Make(1));
                c.BlockDone(1);
                break;
            case 1:
                Assert.Throws<OperationCanceledException>(c.EndBlockOrThrow);
                log.Add("cancelled");
                c.EnterBlock();
                if (time is { } wait)
                    Primitives.timer(wait, c.Make(2));
                else
                    _held.Add(c.Make(2));
                c.BlockDone(77);
                break;
            case 77:
                c.EndBlockOrThrow();
                log.Add("cleaned up");
                break;
        }
    }

    /// <summary>Keeps an event in reach of finalizers only, for some collections.</summary>
    private sealed class Guard(Event e, int times)
    {
        public static volatile bool IsOver;

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void Hide(Event e, int times) => _ = new Guard(e, times);

        ~Guard()
        {
            if (times > 0 && !IsOver)
                _ = new Guard(e, times == int.MaxValue ? times : times - 1);
        }
    }
}

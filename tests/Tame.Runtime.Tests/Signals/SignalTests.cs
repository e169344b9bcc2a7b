using System.Runtime.InteropServices;
using Tame.IO;
using Tame.Runtime.Tests.IO;

namespace Tame.Runtime.Tests.Signals;

/// <summary>Signals that trigger events. Unhandled, this one would end the process.</summary>
public sealed class SignalTests
{
    private const int Number = 10;
    private const PosixSignal User1 = (PosixSignal)Number;

    [Fact]
    public void A_signal_triggers_every_event_that_waits_for_it_in_the_order_of_their_coming()
    {
        var log = new List<int>();
        EventLoop.Run(done =>
        {
            for (int i = 0; i < 5; i++)
            {
                int me = i;
                Call.Blocks(me == 4 ? done : default, Wait, _ => log.Add(me));
            }
            Posix.Raise(Number);
        });
        Assert.Equal([0, 1, 2, 3, 4], log);
    }

    [Fact]
    public void A_wait_for_a_signal_that_is_given_up_leaves_nothing_outside_the_pools() => Loops.Run(done => Call.Blocks(done, c =>
    {
        var events = new Rendezvous();
        Primitives.signal(User1, c.Make(events, 1));
        events.Dispose();
        Primitives.asap(c.Make(1));
    }));

    [Fact]
    public void A_signal_that_comes_between_two_waits_is_kept_for_the_next()
    {
        int waits = 0;
        EventLoop.Run(done => Call.Blocks(
            done,
            c =>
            {
                Wait(c);
                Posix.Raise(Number);
            },
            c =>
            {
                waits++;
                Posix.Raise(Number);
                Arrived(EventLoop.Current!);
                Primitives.asap(c.Make(1));         // a pass without a waiter for the signal
            },
            Wait,
            _ => waits++));
        Assert.Equal(2, waits);
    }

    [Fact]
    public void A_signal_that_was_kept_is_for_one_wait()
    {
        var loop = new EventLoop();
        var events = new Rendezvous<string>();
        var maker = Call.Make(static _ => { });
        Primitives.signal(User1, maker.Make(events, "first", 0));
        for (int i = 0; i < 2; i++)
        {
            Posix.Raise(Number);
            Arrived(loop);
            loop.RunOnce();
        }
        Primitives.signal(User1, maker.Make(events, "second", 0));
        Primitives.signal(User1, maker.Make(events, "third", 0));
        loop.RunOnce();
        Assert.True(events.TryJoin(out string? first) && events.TryJoin(out string? second) && (first, second) == ("first", "second"));
        Assert.Equal((1, 0), (events.Waiting, events.Ready));
        loop.Dispose();
    }

    [Fact]
    public void What_comes_after_a_signal_and_before_its_waiters_resume_is_kept_for_the_next_wait()
    {
        using var loop = new EventLoop();
        var events = new Rendezvous();
        var maker = Call.Make(static _ => { });
        Primitives.signal(User1, maker.Make(events, 0));
        Posix.Raise(Number);
        Arrived(loop);
        Posix.Raise(Number);
        Assert.True(SpinWait.SpinUntil(() => Push(loop, loop.Inbox.TakeAll()) == 2, Loops.Hang));
        loop.RunOnce();
        Primitives.signal(User1, maker.Make(events, 0));
        Assert.Equal((0, 2), (events.Waiting, events.Ready));
    }

    [Fact]
    public void A_waiter_whose_event_completed_otherwise_leaves_at_once()
    {
        using var loop = new EventLoop();
        var events = new Rendezvous();
        var e = Call.Make(static _ => { }).Make(events, 0);
        Primitives.signal(User1, e);
        Assert.True(SignalSource.IsWatched(User1));
        e.Trigger();
        Assert.True(SignalSource.IsWatched(User1));
        Assert.False(loop.RunOnce());
        Assert.False(SignalSource.IsWatched(User1));
    }

    [Fact]
    public void A_waiter_whose_rendezvous_is_cancelled_leaves_at_once()
    {
        using var loop = new EventLoop();
        var events = new Rendezvous();
        Primitives.signal(User1, Call.Make(static _ => { }).Make(events, 0));
        events.Cancel();
        Assert.False(loop.RunOnce());
        Assert.False(SignalSource.IsWatched(User1));
    }

    [Fact]
    public void A_pass_without_work_gives_the_signal_up()
    {
        using var loop = new EventLoop();
        var events = new Rendezvous();
        Primitives.signal(User1, Call.Make(static _ => { }).Make(events, 0));
        Posix.Raise(Number);
        Arrived(loop);
        Assert.True(loop.RunOnce());
        Assert.True(SignalSource.IsWatched(User1));
        Assert.False(loop.RunOnce());
        Assert.False(SignalSource.IsWatched(User1));
    }

    [Fact]
    public void A_loop_that_ends_gives_its_signals_up()
    {
        var loop = new EventLoop();
        Primitives.signal(User1, Call.Make(static _ => { }).Make(new Rendezvous(), 0));
        Assert.True(SignalSource.IsWatched(User1));
        loop.Dispose();
        Assert.False(SignalSource.IsWatched(User1));
    }

    [Fact]
    public void A_wait_for_a_signal_keeps_the_loop_going_until_it_comes()
    {
        using var loop = new EventLoop();
        var events = new Rendezvous();
        Primitives.signal(User1, Call.Make(static _ => { }).Make(events, 0));
        new Thread(() =>
        {
            Thread.Sleep(20);       // by then, a loop that nothing keeps going has ended
            Posix.Raise(Number);
        }).Start();
        loop.Run();
        Assert.Equal(1, events.Ready);
    }

    [Fact]
    public void A_wait_for_a_signal_does_not_hold_virtual_time()
    {
        Loops.Run(done =>
        {
            Call.Blocks(default, c => Primitives.signal(User1, c.Make(1)), _ => Assert.Fail("Nobody raised it."));
            Call.Blocks(done, c => Primitives.timer(TimeSpan.FromHours(9), c.Make(1)));
        });
    }

    [Fact]
    public void An_event_that_only_a_signal_can_trigger_is_not_lost()
    {
        Loops.Run(done =>
        {
            Call.Blocks(done, c => Primitives.signal(User1, c.Make(1)), _ => { });
            var loop = EventLoop.Current!;
            new Thread(() =>
            {
                SpinWait.SpinUntil(() => loop.Calls.NewWaits == 0, Loops.Hang);       // the loop has looked for lost events
                Posix.Raise(Number);
            }).Start();
        });
    }

    [Fact]
    public void An_event_of_another_loop_waits_there()
    {
        bool came = false;
        EventLoop.Run(done => Call.Blocks(
            done,
            c =>
            {
                var e = c.Make(1).WithTimeout(Loops.Hang);
                Loops.OnThread(() => EventLoop.Run(there =>
                {
                    Primitives.signal(User1, e);
                    there.Trigger();
                }));
                EventLoop.Current!.Post(() => Posix.Raise(Number));     // it has arrived before this runs
            },
            _ => came = true));
        Assert.True(came);
    }

    [Fact]
    public void Every_loop_that_waits_for_a_signal_is_told()
    {
        using var waiting = new CountdownEvent(3);
        var threads = Enumerable.Range(0, 3).Select(_ => new Thread(() => EventLoop.Run(done => Call.Blocks(
            done,
            c =>
            {
                Wait(c);
                waiting.Signal();
            })))).ToArray();
        foreach (var thread in threads)
            thread.Start();
        Assert.True(waiting.Wait(Loops.Hang, TestContext.Current.CancellationToken));
        Posix.Raise(Number);
        Assert.All(threads, thread => Assert.True(thread.Join(Loops.Hang), "A loop was not told."));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(19)]
    [InlineData(0)]
    [InlineData(4000)]
    [InlineData(-4000)]
    public void A_signal_that_the_system_does_not_give_is_refused_with_what_to_do(int number)
    {
        using var loop = new EventLoop();
        var e = Call.Make(static _ => { }).Make(new Rendezvous(), 0);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Primitives.signal((PosixSignal)number, e));
        Assert.Equal(("signal", (PosixSignal)number), (error.ParamName, error.ActualValue));
        Assert.Contains("Wait for a member of PosixSignal", error.Message, StringComparison.Ordinal);
        Assert.False(SignalSource.IsWatched((PosixSignal)number));
        loop.Run();
    }

    [Fact]
    public void Complete_and_detached_events_wait_for_no_signal()
    {
        using var loop = new EventLoop();
        var e = Call.Make(static _ => { }).Make(new Rendezvous(), 0);
        e.Trigger();
        Primitives.signal(User1, e);
        Primitives.signal(User1, default);
        Primitives.signal(User1, Event.Detached);
        Assert.False(SignalSource.IsWatched(User1));
    }

    /// <summary>Waits for the signal, with a limit.</summary>
    private static void Wait(Call call) => Primitives.signal(User1, call.Make(1).WithTimeout(Loops.Hang));

    /// <summary>Waits until the loop's inbox contains something, without taking it.</summary>
    private static void Arrived(EventLoop loop) => Assert.True(SpinWait.SpinUntil(() => !loop.Inbox.IsEmpty, Loops.Hang));

    /// <summary>Puts back the messages that were taken, and counts them.</summary>
    private static int Push(EventLoop loop, MessageList messages)
    {
        int count = 0;
        while (messages.TryTake(out var message))
        {
            loop.Inbox.TryPush(message);
            count++;
        }
        return count;
    }
}

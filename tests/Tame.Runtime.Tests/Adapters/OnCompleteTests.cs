using System.Runtime.CompilerServices;

namespace Tame.Runtime.Tests.Adapters;

public sealed class OnCompleteTests
{
    [Fact]
    public void Each_way_to_complete_posts_the_action_with_its_state()
    {
        var log = new List<object?>();
        Loops.RunBlocks(
            c =>
            {
                Event trigger = c.Make(1), unblock = c.Make(c.Slot(ref c.A), 1).Unblocker, timeout = c.Make(1);
                trigger.OnComplete(log.Add, "trigger");
                c.Make(c.Slot(ref c.B), 1).WithTimeout(TimeSpan.FromSeconds(1), default).OnComplete(log.Add, "timeout");
                unblock.OnComplete(log.Add, "unblock");
                trigger.Trigger();
                unblock.Unblock();
                timeout.Trigger();
                Assert.Empty(log);
            },
            c => Primitives.asap(c.Make(1)),
            c =>
            {
                Assert.Equal(["trigger", "unblock", "timeout"], log);
                var r = new Rendezvous();
                var cancelled = c.Make(r, 1);
                cancelled.OnComplete(log.Add, "cancel");
                var failed = c.Make(r, 1);
                failed.OnComplete(log.Add, "fail");
                failed.Fail(new ArithmeticException());
                r.Cancel();
                Assert.False(cancelled.Trigger());
                Primitives.asap(c.Make(1));
            },
            c => Assert.Equal(["trigger", "unblock", "timeout", "fail", "cancel"], log));
    }

    [Fact]
    public void A_complete_or_empty_event_posts_it_at_once()
    {
        int called = 0;
        Loops.RunBlocks(
            c =>
            {
                var e = c.Make(1);
                e.Trigger();
                e.OnComplete(_ => called++, null);
                default(Event).OnComplete(_ => called++, null);
                default(Event<int>).OnComplete(_ => called++, null);
                default(Event<int, int, int>).OnComplete(_ => called++, null);
                Assert.Equal(0, called);
                Primitives.asap(c.Make(1));
            },
            c => Assert.Equal(4, called));
    }

    [Fact]
    public void Without_a_loop_an_empty_event_calls_it_on_the_spot()
    {
        Loops.OnThread(() =>
        {
            int called = 0;
            default(Event).OnComplete(_ => called++, null);
            Assert.Equal(1, called);
            Assert.Throws<ArithmeticException>(() => default(Event).OnComplete(_ => throw new ArithmeticException(), null));
            var ended = Ended();
            ended.OnComplete(_ => called++, null);
            Assert.Equal(2, called);
        });
    }

    [Fact]
    public void From_another_thread_it_is_called_on_the_events_own()
    {
        int thread = 0;
        EventLoop.Run(done => Call.Blocks(done, c =>
        {
            var e = c.Make(1);
            new Thread(() =>
            {
                e.OnComplete(_ => thread = Environment.CurrentManagedThreadId, null);
                e.Trigger();
                e.OnComplete(_ => thread = -thread, null);
            }).Start();
        }));
        Assert.Equal(Environment.CurrentManagedThreadId, Math.Abs(thread));
    }

    [Fact]
    public void What_it_throws_is_unhandled()
    {
        Assert.Throws<ArithmeticException>(() => Loops.Run(done => Call.Blocks(default, c =>
        {
            var e = c.Make(1);
            e.OnComplete(_ => throw new ArithmeticException(), null);
            e.Trigger();
        }), lifelines: 1));
    }

    [Fact]
    public void When_the_loop_ends_it_is_called_whether_somebody_waits_or_not()
    {
        var log = new List<object?>();
        var kept = new Rendezvous();
        Loops.Run(done =>
        {
            Call.Blocks(default, c =>
            {
                c.Held = c.Make(1);
                ((Event)c.Held).OnComplete(log.Add, "block");
            });
            Call.Blocks(default, c => c.Make(kept, 1).OnComplete(log.Add, "rendezvous"));
            done.Trigger();
        },
        lifelines: 2,
        entries: 1);
        Assert.Equal(["block", "rendezvous"], log.Order());
        kept.Cancel();
        Assert.Equal(2, log.Count);
    }

    [Fact]
    public void When_the_loop_ends_before_it_has_taken_the_order_it_is_called_nevertheless()
    {
        var loop = new EventLoop();
        int called = 0;
        Event e = default;
        Call.Blocks(default, c => e = c.Make(1));
        Loops.OnThread(() => e.OnComplete(_ => called++, null));
        Assert.Equal(0, called);
        loop.Dispose();
        Assert.Equal(1, called);
    }

    [Fact]
    public void It_brings_the_execution_context_of_its_maker()
    {
        var local = new AsyncLocal<string?>();
        string? seen = null;
        Loops.RunBlocks(
            c =>
            {
                var e = c.Make(1);
                local.Value = "maker";
                e.OnComplete(_ => seen = local.Value, null);
                local.Value = null;
                e.Trigger();
                Primitives.asap(c.Make(1));
            },
            c => Assert.Equal("maker", seen));
    }

    [Fact]
    public void It_does_not_hide_a_loss_and_is_called_then_too()
    {
        var log = new List<object?>();
        Assert.Throws<LostEventException>(() => Loops.RunBlocks(c => MakeAndDrop(c, log)));
        Assert.Equal(["lost"], log);
    }

    [Fact]
    public void Nobody_is_called_for_the_detached_event()
    {
        using var loop = new EventLoop();
        Event.Detached.OnComplete(_ => Assert.Fail("It never completes."), null);
        Event.Detached.Trigger();
        Assert.False(loop.RunOnce());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeAndDrop(Call call, List<object?> log) => call.Make(1).OnComplete(log.Add, "lost");

    private static Event Ended()
    {
        Event e = default;
        Loops.Run(done =>
        {
            Call.Blocks(default, c => e = c.Make(1));
            done.Trigger();
        },
        lifelines: 1);
        return e;
    }
}

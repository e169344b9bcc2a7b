namespace Tame.Runtime.Tests.Running;

public sealed class LoopTests
{
    [Fact]
    public void Run_returns_the_value_of_mains_event()
    {
        Assert.Equal(42, EventLoop.Run<int>(done => done.Trigger(42), Loops.Virtual));
        Assert.Equal("later", EventLoop.Run<string>(
            done => Call.Blocks(default, c => Primitives.asap(c.Make(1)), _ => done.Trigger("later")), Loops.Virtual));
        Assert.Equal(0, EventLoop.Run<int>(done => done.Unblock(), Loops.Virtual));
    }

    [Fact]
    public void What_main_throws_leaves_Run()
    {
        Assert.Throws<ArithmeticException>(() => Loops.Run(_ => throw new ArithmeticException(), lifelines: 1));
        Assert.Null(EventLoop.Current);
    }

    [Fact]
    public void Loops_do_not_nest()
    {
        Loops.Run(done =>
        {
            Assert.Throws<InvalidOperationException>(() => EventLoop.Run(_ => { }));
            Assert.Throws<InvalidOperationException>(() => new EventLoop());
            Assert.Throws<InvalidOperationException>(() => EventLoop.Current!.RunOnce());
            Assert.Throws<InvalidOperationException>(() => EventLoop.Current!.Dispose());
            done.Trigger();
        });
    }

    [Fact]
    public void A_loop_is_current_on_its_thread_until_it_is_disposed()
    {
        var loop = new EventLoop();
        Assert.Same(loop, EventLoop.Current);
        Loops.OnThread(() =>
        {
            Assert.Null(EventLoop.Current);
            Assert.Throws<InvalidOperationException>(loop.Run);
            Assert.Throws<InvalidOperationException>(() => loop.RunOnce());
            Assert.Throws<InvalidOperationException>(loop.Dispose);
        });
        loop.Dispose();
        loop.Dispose();
        Assert.Null(EventLoop.Current);
        Assert.Throws<ObjectDisposedException>(loop.Run);
        Assert.Throws<ObjectDisposedException>(() => loop.Post(() => { }));
    }

    [Fact]
    public void Run_returns_when_nothing_can_happen_any_more()
    {
        using var loop = new EventLoop(Loops.Virtual);
        bool ended = false;
        Call.Blocks(default, c => Primitives.timer(TimeSpan.FromDays(1), c.Make(1)), _ => ended = true);
        loop.Run();
        Assert.True(ended);
    }

    [Fact]
    public void Stop_ends_a_run_from_any_thread()
    {
        using var loop = new EventLoop();
        using var hold = loop.HoldTime();
        var thread = new Thread(loop.Stop);
        Call.Blocks(default, c => Primitives.asap(c.Make(1)), _ => thread.Start());
        loop.Run();
        Assert.False(loop.RunOnce());
    }

    [Fact]
    public void RunOnce_says_whether_anything_ran()
    {
        using var loop = new EventLoop();
        Assert.False(loop.RunOnce());
        loop.Post(() => { });
        Assert.True(loop.RunOnce());
        Assert.False(loop.RunOnce());
    }

    [Fact]
    public void Posted_actions_run_behind_what_is_ready()
    {
        var log = new List<string>();
        Loops.RunBlocks(main =>
        {
            Event e = default;
            Call.Blocks(main.Make(1), c => e = c.Make(1), _ => log.Add("call"));
            e.Trigger();
            EventLoop.Current!.Post(() => log.Add("action"));
        });
        Assert.Equal(["call", "action"], log);
    }

    [Fact]
    public void What_a_posted_action_throws_is_unhandled()
    {
        using var loop = new EventLoop();
        loop.Post(() => throw new ArithmeticException());
        Assert.Throws<ArithmeticException>(() => loop.RunOnce());
        loop.Post(() => { });
        Assert.True(loop.RunOnce());
    }

    [Fact]
    public void Two_calls_that_keep_waking_each_other_starve_no_timer()
    {
        bool stop = false;
        EventLoop.Run(done =>
        {
            Event left = default, right = default;
            Swing(() => stop, e => left = e, () => right.Trigger(), done);
            Swing(() => stop, e => right = e, () => left.Trigger(), default);
            Call.Blocks(default, c => Primitives.timer(TimeSpan.FromMilliseconds(5), c.Make(1)), _ => stop = true);
            left.Trigger();
        });
        Assert.True(stop);
    }

    [Fact]
    public void A_call_that_yields_for_ever_starves_no_timer()
    {
        bool stop = false;
        EventLoop.Run(done =>
        {
            Swing(() => stop, Primitives.asap, () => { }, done);
            Call.Blocks(default, c => Primitives.timer(TimeSpan.FromMilliseconds(5), c.Make(1)), _ => stop = true);
        });
        Assert.True(stop);
    }

    [Fact]
    public void Calls_that_are_abandoned_do_not_resume()
    {
        Event left = default, told = default;
        bool resumed = false;
        EventLoop? loop = null;
        EventLoop.Run(
            done =>
            {
                loop = EventLoop.Current;
                Call.Blocks(default, c => left = c.Make(1), _ => resumed = true);
                Call.Start(c =>
                {
                    var r = new Rendezvous();
                    told = c.Make(r, 1);
                    c.BeginJoin(r);
                    Assert.False(c.JoinReady(1));
                });
                done.Trigger();
            },
            new EventLoopOptions { VirtualTime = true, OnExit = ExitBehavior.Abandon });
        Loops.AssertBalance(loop!, lifelines: 2);
        Assert.False(left.IsPending);
        Assert.False(left.Trigger());
        Assert.False(told.Trigger());
        Assert.False(left.Fail(new InvalidOperationException()));
        Assert.False(resumed);
    }

    [Fact]
    public void Calls_that_are_still_blocked_can_be_cancelled_first()
    {
        var log = new List<string>();
        EventLoop.Run(
            done =>
            {
                Guarded(log, c =>
                {
                    c.EnterBlock();
                    c.Held = c.Make(1);
                    return c.BlockDone(1);
                });
                Guarded(log, c =>
                {
                    var r = new Rendezvous();
                    c.Held = (r, c.Make(r, 1));
                    c.BeginJoin(r);
                    return c.JoinReady(2);
                });
                done.Trigger();
            },
            new EventLoopOptions { VirtualTime = true });
        Assert.Equal(2, log.Count);
    }

    private static void Guarded(List<string> log, Func<Call, bool> wait) => Call.Start(c =>
    {
        try
        {
            if (c.State == 0 && !wait(c))
                return;
            if (c.State == 1)
                c.EndBlockOrThrow();
            else
                c.EndJoinOrThrow();
        }
        catch (OperationCanceledException cancelled)
        {
            c.Unwind(0);
            log.Add(cancelled.Message);
        }
    });

    private static void Swing(Func<bool> stop, Action<Event> waiting, Action turn, Event done) => Call.Start(
        c =>
        {
            while (true)
            {
                if (c.State == 1 && !c.EndBlock())
                    return;
                if (c.State == 1)
                    turn();
                if (stop())
                {
                    c.Done.Trigger();
                    return;
                }
                c.EnterBlock();
                waiting(c.Make(1));
                if (!c.BlockDone(1))
                    return;
            }
        },
        done);
}

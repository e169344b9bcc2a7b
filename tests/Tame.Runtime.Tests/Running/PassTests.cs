using Tame.Runtime.Tests.IO;

namespace Tame.Runtime.Tests.Running;

/// <summary>The steps of one pass of a loop, their order, and when time passes between two of them.</summary>
public sealed class PassTests
{
    [Fact]
    public void One_pass_takes_the_inbox_then_ready_calls_then_due_timers_then_descriptors_then_asap()
    {
        using var loop = new EventLoop();
        var (here, there) = Posix.SocketPair();
        Posix.Write(there);
        var log = new List<string>();
        var e = new Dictionary<string, Event>();
        foreach (string name in new[] { "asap", "descriptor", "timer", "inbox", "ready" })
            Call.Blocks(default, c => e[name] = c.Make(1), _ => log.Add(name == "ready" ? $"ready, inbox pending: {e["inbox"].IsPending}" : name));
        for (int passes = 1; passes < EventLoop.PassesPerPoll; passes++)
            Assert.False(loop.RunOnce());
        Primitives.asap(e["asap"]);
        Primitives.wait_on_fd(here, FdEvents.Read, e["descriptor"]);
        Primitives.timer(TimeSpan.Zero, e["timer"]);
        Loops.OnThread(() => e["inbox"].Trigger());
        e["ready"].Trigger();
        Assert.True(loop.RunOnce());
        Assert.Equal(["ready, inbox pending: False", "inbox"], log);
        loop.RunOnce();
        Assert.Equal(["timer", "descriptor", "asap"], log.Skip(2));
        Posix.Close(here);
        Posix.Close(there);
    }

    /// <summary>A Map's function is the only user code that runs while they are triggered.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public void What_is_asked_for_asap_while_others_are_triggered_waits_for_the_next_pass(int more)
    {
        using var loop = new EventLoop();
        var log = new List<string>();
        Event mapped = default, plain = default;
        var added = new Event[more];
        Call.Blocks(default, c => mapped = c.Make(c.Slot(ref c.A), 1).Map((int value) =>
        {
            foreach (var e in added)
                Primitives.asap(e);
            return value;
        }).Bind(7), _ => log.Add("mapped"));
        Call.Blocks(default, c => plain = c.Make(1), _ => log.Add("plain"));
        for (int i = 0; i < more; i++)
        {
            int number = i;
            Call.Blocks(default, c => added[number] = c.Make(1), _ => log.Add($"added {number}"));
        }
        Primitives.asap(mapped);
        Primitives.asap(plain);
        loop.RunOnce();
        Assert.True(added[0].IsPending);
        loop.RunOnce();
        Assert.All(added, e => Assert.False(e.IsPending));
        loop.RunOnce();
        Assert.Equal(["mapped", "plain", .. Enumerable.Range(0, more).Select(i => $"added {i}")], log);
        Assert.False(loop.RunOnce());
    }

    [Fact]
    public void A_time_of_zero_is_the_next_pass_even_where_the_clock_stands()
    {
        var clock = new Clock();
        using var loop = new EventLoop(new EventLoopOptions { TimeProvider = clock });
        Event e = default;
        Call.Blocks(default, c => Primitives.timer(TimeSpan.Zero, e = c.Make(1)));
        Assert.True(e.IsPending);
        Assert.True(loop.RunOnce());
        Assert.False(e.IsPending);
    }

    [Fact]
    public void The_clock_is_read_at_each_set_and_no_timer_fires_a_tick_early()
    {
        var clock = new Clock();
        using var loop = new EventLoop(new EventLoopOptions { TimeProvider = clock });
        Event first = default, second = default;
        Call.Blocks(default, c => first = c.Make(1));
        Call.Blocks(default, c => second = c.Make(1));
        Primitives.timer(TimeSpan.FromTicks(100), first);
        clock.Ticks = 30;
        Primitives.timer(TimeSpan.FromTicks(100), second);
        Assert.Equal((true, true), At(99));
        Assert.Equal((false, true), At(100));
        Assert.Equal((false, true), At(129));
        Assert.Equal((false, false), At(130));

        (bool, bool) At(long ticks)
        {
            clock.Ticks = ticks;
            loop.RunOnce();
            return (first.IsPending, second.IsPending);
        }
    }

    [Fact]
    public void RunOnce_makes_one_pass_without_sleeping()
    {
        using var loop = new EventLoop();
        Event e = default;
        int resumed = 0;
        Call.Blocks(default, c => Primitives.timer(TimeSpan.FromDays(1), e = c.Make(1)), c => Primitives.asap(c.Make(1)), _ => resumed++);
        Assert.False(loop.RunOnce());
        e.Trigger();
        Assert.True(loop.RunOnce());
        Assert.Equal(0, resumed);
        Assert.True(loop.RunOnce());
        Assert.Equal(1, resumed);
    }

    [Fact]
    public void Virtual_time_stands_still_while_it_is_held()
    {
        using var loop = new EventLoop(Loops.Virtual);
        Event e = default;
        Call.Blocks(default, c => Primitives.timer(TimeSpan.FromHours(5), e = c.Make(1)));
        var (one, two) = (loop.HoldTime(), loop.HoldTime());
        Assert.False(loop.RunOnce());
        one.Dispose();
        one.Dispose();
        Assert.False(loop.RunOnce());
        Assert.True(e.IsPending);
        two.Dispose();
        Assert.True(loop.RunOnce());
        Assert.False(e.IsPending);
    }

    [Fact]
    public void Two_calls_that_keep_waking_each_other_starve_no_descriptor()
    {
        var (here, there) = Posix.SocketPair();
        Posix.Write(there);
        bool stop = false;
        EventLoop.Run(done =>
        {
            Event[] turn = new Event[2];
            for (int i = 0; i < 2; i++)
            {
                int me = i;
                Call.Start(c => Swing(c, turn, me, () => stop), me == 0 ? done : default);
            }
            Call.Blocks(default, c => Primitives.wait_on_fd(here, FdEvents.Read, c.Make(1)), _ => stop = true);
            turn[0].Trigger();
        });
        Assert.True(stop);
        Posix.Close(here);
        Posix.Close(there);
    }

    private static void Swing(Call c, Event[] turn, int me, Func<bool> stop)
    {
        if (c.State == 1)
        {
            if (!c.EndBlock())
                return;
            turn[1 - me].Trigger();
        }
        if (stop())
        {
            c.Done.Trigger();
            return;
        }
        c.EnterBlock();
        turn[me] = c.Make(1);
        c.BlockDone(1);
    }

    private sealed class Clock : TimeProvider
    {
        public long Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Ticks;
    }
}

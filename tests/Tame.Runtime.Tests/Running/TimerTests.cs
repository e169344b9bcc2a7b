namespace Tame.Runtime.Tests.Running;

public sealed class TimerTests
{
    [Fact]
    public void A_timer_of_a_cancelled_event_gives_its_lifeline_back()
    {
        Loops.RunBlocks(c =>
        {
            using var rendezvous = new Rendezvous();
            Primitives.timer(TimeSpan.FromHours(1), c.Make(rendezvous, 1));
            Primitives.timer(TimeSpan.FromHours(1), c.Make(rendezvous, 2).WithTimeout(TimeSpan.FromHours(2)));
        });
    }

    [Fact]
    public void All_timers_of_an_event_leave_with_it()
    {
        Loops.RunBlocks(c =>
        {
            var e = c.Make(1);
            Primitives.timer(TimeSpan.FromHours(1), e);
            Primitives.timer(TimeSpan.FromHours(2), e.WithTimeout(TimeSpan.FromHours(3)));
            Assert.Equal(3, EventLoop.Current!.Timers.Count);
            Assert.True(e.Trigger());
            Assert.Equal(0, EventLoop.Current.Timers.Count);
        });
    }

    [Fact]
    public void Timers_fire_by_deadline_and_then_by_the_order_of_setting()
    {
        var log = new List<string>();
        Loops.RunBlocks(main =>
        {
            foreach (var (name, hours) in ((string, int)[])[("b", 2), ("a", 1), ("c", 2), ("e", 24 * 365), ("d", 3)])
                Call.Blocks(main.Make(1), c => Primitives.timer(TimeSpan.FromHours(hours), c.Make(1)), _ => log.Add(name));
        });
        Assert.Equal(["a", "b", "c", "d", "e"], log);
    }

    [Fact]
    public void Virtual_time_stands_still_while_anything_can_run_and_jumps_to_deadlines()
    {
        var times = new List<TimeSpan>();
        Loops.Run(done =>
        {
            var provider = EventLoop.Current!.TimeProvider;
            long start = provider.GetTimestamp();
            void Note() => times.Add(provider.GetElapsedTime(start));
            Call.Blocks(
                done,
                c =>
                {
                    Note();
                    Primitives.timer(TimeSpan.FromHours(1), c.Make(1));
                    Primitives.timer(TimeSpan.FromHours(3), c.Make(1));
                },
                c =>
                {
                    Note();
                    Primitives.asap(c.Make(1));
                },
                c =>
                {
                    Note();
                    Primitives.timer(TimeSpan.FromTicks(1), c.Make(1));
                },
                _ => Note());
        });
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromHours(3), TimeSpan.FromHours(3), TimeSpan.FromHours(3) + TimeSpan.FromTicks(1)], times);
    }

    [Fact]
    public void A_cancelled_timer_leaves_at_once()
    {
        Loops.RunBlocks(c =>
        {
            var loop = EventLoop.Current!;
            var r = new Rendezvous();
            Event triggered = c.Make(r, 1), cancelled = c.Make(r, 1);
            Primitives.timer(TimeSpan.FromHours(1), triggered);
            Primitives.timer(TimeSpan.FromHours(1), cancelled);
            Assert.Equal(2, loop.Timers.Count);
            triggered.Trigger();
            Assert.Equal(1, loop.Timers.Count);
            r.Cancel();
            Assert.Equal(0, loop.Timers.Count);
            Primitives.timer(TimeSpan.FromHours(1), triggered);
            Primitives.timer(TimeSpan.FromHours(1), default);
            var never = new Rendezvous();
            var last = c.Make(never, 1);
            Primitives.timer(Timeout.InfiniteTimeSpan, last);
            Assert.Equal(0, loop.Timers.Count);
            never.Cancel();
            Assert.False(cancelled.Trigger() || last.Trigger());
        });
    }

    [Fact]
    public void Negative_times_throw()
    {
        Loops.RunBlocks(c =>
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Primitives.timer(TimeSpan.FromTicks(-1), default));
            Assert.Throws<ArgumentOutOfRangeException>(() => default(Event).WithTimeout(TimeSpan.MinValue));
        });
    }

    [Fact]
    public void The_longest_time_is_longer_than_any_other()
    {
        var log = new List<int>();
        Loops.RunBlocks(main =>
        {
            Call.Blocks(main.Make(1), c => Primitives.timer(TimeSpan.MaxValue, c.Make(1)), _ => log.Add(2));
            Call.Blocks(main.Make(1), c => Primitives.timer(TimeSpan.FromDays(365000), c.Make(1)), _ => log.Add(1));
        });
        Assert.Equal([1, 2], log);
    }

    [Fact]
    public void A_timer_never_fires_early()
    {
        EventLoop.Run(done =>
        {
            var delay = TimeSpan.FromMilliseconds(3);
            long start = 0;
            void Set(Call c)
            {
                start = TimeProvider.System.GetTimestamp();
                Primitives.timer(delay, c.Make(1));
            }
            void Check(Call c) => Assert.True(TimeProvider.System.GetElapsedTime(start) >= delay);
            Call.Blocks(done, Set, Check, Set, Check, Set, Check);
        });
    }

    [Fact]
    public void A_timeout_fails_an_event_that_is_late_and_leaves_one_that_is_not()
    {
        Assert.Throws<TimeoutException>(() => Loops.RunBlocks(c => Hold(c.Make(1).WithTimeout(TimeSpan.FromSeconds(1)))));
        Loops.RunBlocks(
            c =>
            {
                var e = c.Make(c.Slot(ref c.A), 1);
                Assert.Equal(e, e.WithTimeout(TimeSpan.FromSeconds(1)));
                Assert.Equal(1, EventLoop.Current!.Timers.Count);
                e.Trigger(4);
                Assert.Equal(0, EventLoop.Current!.Timers.Count);
            },
            c => Assert.Equal(4, c.A));
    }

    [Fact]
    public void A_timeout_can_tell_whether_the_event_was_in_time()
    {
        Loops.RunBlocks(c =>
        {
            var log = new List<(string, bool)>();
            Tell(c, "in time", log, e => e.Trigger(1));
            Tell(c, "failed", log, e => e.Fail(new InvalidOperationException()));
            Tell(c, "complete", log, e => e.Trigger(1), before: true);
            Tell(c, "late", log, Hold);
            Call.Blocks(
                c.Make(1),
                d => Primitives.timer(TimeSpan.FromHours(1), d.Make(1)),
                _ => Assert.Equal([("in time", true), ("failed", true), ("complete", true), ("late", false)], log));
        });
    }

    [Fact]
    public void An_event_that_is_late_is_told_of_just_before_it_completes_without_its_slot()
    {
        var log = new List<string>();
        Loops.RunBlocks(main =>
        {
            main.A = 5;
            Event<int> e = default;
            Event<bool> inTime = default;
            Call.Blocks(main.Make(1), c => e = c.Make(main.Slot(ref main.A), 1), _ => log.Add($"e {main.A}"));
            Call.Blocks(main.Make(1), c => inTime = c.Make(CompilerServices.Slot.Static<bool>(value => log.Add($"{value} {e.IsPending}")), 1));
            e.WithTimeout(TimeSpan.FromSeconds(1), inTime);
        });
        Assert.Equal(["False True", "e 5"], log);
    }

    private static readonly List<object> s_held = [];

    private static void Hold<T>(T e)
    {
        lock (s_held)
            s_held.Add(e!);
    }

    private static void Tell(Call c, string name, List<(string, bool)> log, Action<Event<int>> use, bool before = false)
    {
        bool[] inTime = new bool[1];
        Call.Blocks(
            c.Make(1),
            d =>
            {
                var r = new Rendezvous();
                d.Held = r;
                var e = d.Make(r, CompilerServices.Slot<int>.Discard, 1);
                if (before)
                    use(e);
                e.WithTimeout(TimeSpan.FromSeconds(1), d.Make(CompilerServices.Slot.At(inTime, ref inTime[0]), 1));
                if (!before)
                    use(e);
            },
            d =>
            {
                log.Add((name, inTime[0]));
                Assert.Equal(1, ((Rendezvous)d.Held!).Ready);
                ((Rendezvous)d.Held!).Cancel();
            });
    }
}

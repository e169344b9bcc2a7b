namespace Tame.Runtime.Tests.Losses;

/// <summary>When an idle loop asks the collector for lost events: how often, and what that may cost.</summary>
public sealed class ProbeTests
{
    private readonly FakeBudget _budget = new();
    private readonly LostEventProbe _probe;

    public ProbeTests() => _probe = new LostEventProbe(LostEventDetection.WhenIdle, isVirtual: false, _budget);

    [Fact]
    public void The_first_look_comes_after_100_ms_and_the_interval_doubles_to_five_minutes()
    {
        OnLoop(loop =>
        {
            Block();
            long[] looks = LooksIn(loop, TimeSpan.FromMinutes(30));
            Assert.Equal([100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 51_200, 102_400, 204_800, 300_000], Gaps(looks)[..13]);
            Assert.All(Gaps(looks)[13..], gap => Assert.Equal(300_000, gap));
        });
    }

    [Fact]
    public void A_new_blocked_call_resets_the_interval_and_progress_of_an_old_one_does_not()
    {
        OnLoop(loop =>
        {
            var old = Block();
            Primitives.timer(TimeSpan.FromDays(1), Block()[0]);        // the loop is not silent
            _ = LooksIn(loop, TimeSpan.FromSeconds(10));
            Wake(loop, old);
            Assert.Equal([2_700], Gaps(LooksIn(loop, TimeSpan.FromSeconds(13))));       // 6,400 after the last one, as before
            Block();
            Assert.Equal([100, 200, 400], Gaps(LooksIn(loop, TimeSpan.FromSeconds(1)))[..3]);
        });
    }

    [Fact]
    public void A_loop_that_makes_new_calls_all_the_time_looks_every_two_seconds()
    {
        OnLoop(loop =>
        {
            var looks = new List<long>();
            Primitives.timer(TimeSpan.FromDays(1), Block()[0]);        // the loop is not silent
            for (int i = 0; i < 40; i++)
            {
                Block();
                looks.AddRange(LooksIn(loop, TimeSpan.FromMilliseconds(250))[1..]);
            }
            Assert.Equal([2000, 2000, 2000, 2000], Gaps([.. looks]));
        });
    }

    [Fact]
    public void A_loop_that_only_another_thread_can_wake_looks_within_a_second_of_a_new_wait()
    {
        OnLoop(loop =>
        {
            var call = Block();
            _ = LooksIn(loop, TimeSpan.FromSeconds(50));
            Wake(loop, call);
            Assert.Equal([100], Gaps(LooksIn(loop, TimeSpan.FromMilliseconds(500))));
            Wake(loop, call);
            Assert.Equal([600], Gaps(LooksIn(loop, TimeSpan.FromSeconds(1))));
        });
    }

    [Fact]
    public void After_the_first_minute_looks_are_ten_seconds_apart()
    {
        OnLoop(loop =>
        {
            var call = Block();
            _ = LooksIn(loop, TimeSpan.FromSeconds(61));
            var looks = new List<long>();
            for (int i = 0; i < 100; i++)
            {
                Wake(loop, call);
                looks.AddRange(LooksIn(loop, TimeSpan.FromSeconds(1))[1..]);
            }
            Assert.Equal(10, looks.Count);
            Assert.All(Gaps([.. looks]), gap => Assert.InRange(gap, 10_000, 11_100));
        });
    }

    [Fact]
    public void Where_a_collection_stops_all_threads_looks_take_one_part_in_a_thousand()
    {
        OnLoop(loop =>
        {
            (_budget.Cost, _budget.Stops) = (255, true);
            var call = Block();
            Assert.Equal([100], Gaps(LooksIn(loop, TimeSpan.FromMinutes(4))));
            Wake(loop, call);
            Assert.Equal([255 + (255 * 999)], [_budget.NotBefore - _budget.LastStart]);
        });
    }

    [Fact]
    public void An_event_that_is_suspected_is_looked_for_once_soon()
    {
        OnLoop(loop =>
        {
            loop.UnhandledException += (_, unhandled) => unhandled.Handled = true;
            Block();
            StartToLose();
            _ = LooksIn(loop, TimeSpan.FromSeconds(50));
            Collector.Run();
            Assert.True(loop.RunOnce());
            Assert.Equal(1, loop.Suspicions.Count);
            Assert.Equal([0], Gaps(LooksIn(loop, TimeSpan.FromSeconds(1)))[..1]);
            Assert.True(LooksIn(loop, TimeSpan.FromSeconds(1)).Length <= 2);
        });
    }

    [Fact]
    public void Without_detection_the_loop_never_looks()
    {
        OnLoop(loop =>
        {
            Block();
            Assert.True(new LostEventProbe(LostEventDetection.Off, isVirtual: false, _budget).Due(loop) < 0);
            Assert.True(new LostEventProbe(LostEventDetection.Off, isVirtual: true, _budget).Due(loop) < 0);
        });
    }

    [Fact]
    public void Aggressive_detection_looks_at_each_idle_moment_after_something_began_to_wait()
    {
        OnLoop(loop =>
        {
            var probe = new LostEventProbe(LostEventDetection.Aggressive, isVirtual: false, _budget);
            var call = Block();
            _budget.Cost = 1000;
            Assert.Equal(0, probe.Due(loop));
            probe.Look(loop);
            Assert.True(probe.Due(loop) < 0);
            Wake(loop, call);
            Assert.Equal(0, probe.Due(loop));
        });
    }

    [Fact]
    public void A_task_under_way_lengthens_the_interval_to_a_second_and_no_more()
    {
        OnLoop(loop =>
        {
            loop.AddOutsideWork();
            Block();
            Assert.Equal([1000, 1000, 1000, 1000, 1600, 3200], Gaps(LooksIn(loop, TimeSpan.FromSeconds(10)))[..6]);
        });
    }

    [Fact]
    public void Looks_take_no_more_than_one_part_in_a_hundred_of_wall_time()
    {
        OnLoop(loop =>
        {
            _budget.Cost = 211;         // a heap of a gigabyte
            long end = _budget.Time + 3_600_000;
            while (_budget.Time < end)
            {
                Block();           // each new call resets the interval
                _ = LooksIn(loop, TimeSpan.FromMilliseconds(500));
            }
            Assert.InRange(_budget.Collections * 211L, 1, 36_211);
        });
    }

    [Fact]
    public void One_loop_of_a_process_looks_at_a_time()
    {
        OnLoop(loop =>
        {
            Block();
            _budget.HoldsOn = true;
            var other = new LostEventProbe(LostEventDetection.WhenIdle, isVirtual: false, _budget);
            var probe = new LostEventProbe(LostEventDetection.WhenIdle, isVirtual: false, _budget);
            other.Look(loop);
            Assert.Equal(1, _budget.Collections);
            probe.Look(loop);
            Assert.Equal(1, _budget.Collections);
            Assert.Equal(100, probe.Due(loop));
            _budget.End();
            probe.Look(loop);
            Assert.Equal(2, _budget.Collections);
        });
    }

    [Fact]
    public void Under_virtual_time_the_look_comes_at_once_unless_something_outside_may_still_happen()
    {
        OnLoop(loop =>
        {
            var probe = new LostEventProbe(LostEventDetection.WhenIdle, isVirtual: true, _budget);
            Block();
            loop.AddOutsideWork();
            Assert.NotEqual(0, probe.Due(loop));
            loop.RemoveOutsideWork();
            Assert.Equal(0, probe.Due(loop));
            probe.Look(loop);
            Assert.NotEqual(0, probe.Due(loop));
        });
    }

    [Fact]
    public void Under_virtual_time_a_loop_does_not_spin_while_another_looks()
    {
        OnLoop(loop =>
        {
            Block();
            _budget.HoldsOn = true;
            new LostEventProbe(LostEventDetection.WhenIdle, isVirtual: true, _budget).Look(loop);
            var probe = new LostEventProbe(LostEventDetection.WhenIdle, isVirtual: true, _budget);
            Block();
            probe.Look(loop);
            Assert.Equal(1, _budget.Collections);
            Assert.Equal(LostEventProbe.Retry, probe.Due(loop));
            _budget.Time += LostEventProbe.Retry;
            Assert.Equal(0, probe.Due(loop));
        });
    }

    [Fact]
    public void After_a_loss_under_virtual_time_the_next_look_comes_at_once_again()
    {
        OnLoop(loop =>
        {
            var probe = new LostEventProbe(LostEventDetection.WhenIdle, isVirtual: true, _budget);
            loop.UnhandledException += (_, unhandled) => unhandled.Handled = true;
            Block();
            StartToLose();
            probe.Look(loop);
            Assert.NotEqual(0, probe.Due(loop));
            Collector.Run();
            Assert.True(loop.RunOnce());
            Assert.Equal(0, probe.Due(loop));           // an event is suspected
            probe.Look(loop);
            Assert.NotEqual(0, probe.Due(loop));
            Collector.Run();
            Assert.True(loop.RunOnce());
            Assert.Equal(0, probe.Due(loop));           // it is lost
        });
    }

    [Fact]
    public void Under_virtual_time_nothing_is_settled_before_finalizers_have_run()
    {
        OnLoop(loop =>
        {
            var probe = new LostEventProbe(LostEventDetection.WhenIdle, isVirtual: true, _budget);
            Block();
            Assert.False(probe.IsSettled(loop));
            _budget.FinalizersHang = true;
            probe.Look(loop);
            Assert.False(probe.IsSettled(loop));
            Assert.Equal(LostEventProbe.WhenSilent, probe.Due(loop));
            _budget.Time += LostEventProbe.WhenSilent;
            Assert.Equal(0, probe.Due(loop));
            _budget.FinalizersHang = false;
            probe.Look(loop);
            Assert.True(probe.IsSettled(loop));
        });
    }

    [Fact]
    public void On_a_real_clock_a_second_look_settles_what_the_first_has_not_found()
    {
        OnLoop(loop =>
        {
            Block();
            Assert.False(_probe.IsSettled(loop));
            _probe.Look(loop);
            Assert.False(_probe.IsSettled(loop));
            _probe.Look(loop);
            Assert.True(_probe.IsSettled(loop));
            Block();
            Assert.False(_probe.IsSettled(loop));
        });
    }

    /// <summary>A call whose only event is dropped.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void StartToLose() => Call.Start(c =>
    {
        if (c.State == 1)
        {
            c.EndBlock();
            return;
        }
        c.EnterBlock();
        _ = c.Make(1);
        c.BlockDone(1);
    });

    private static long[] Gaps(long[] looks) => [.. looks.Skip(1).Zip(looks, (later, earlier) => later - earlier)];

    private static void OnLoop(Action<EventLoop> test)
    {
        using var loop = new EventLoop();
        test(loop);
    }

    /// <summary>The start, and the times at which a loop that is idle for so long looks.</summary>
    private long[] LooksIn(EventLoop loop, TimeSpan time)
    {
        var looks = new List<long> { _budget.Time };
        long end = _budget.Time + (long)time.TotalMilliseconds;
        while (_budget.Time + _probe.Due(loop) is var due && due < end)
        {
            _budget.Time = due;
            looks.Add(due);
            _probe.Look(loop);
        }
        _budget.Time = end;
        return [.. looks];
    }

    /// <summary>A call that blocks again each time that it is woken.</summary>
    private static Event[] Block()
    {
        var current = new Event[1];
        Call.Start(c =>
        {
            if (c.State == 1)
                Assert.True(c.EndBlock());
            c.EnterBlock();
            current[0] = c.Make(1);
            Assert.False(c.BlockDone(1));
        });
        return current;
    }

    private static void Wake(EventLoop loop, Event[] current)
    {
        Assert.True(current[0].Trigger());
        Assert.True(loop.RunOnce());
    }

    private sealed class FakeBudget : ProbeBudget
    {
        public long Time = 1_000_000;
        public long Cost;
        public int Collections;
        public bool HoldsOn;
        public bool Stops;
        public bool FinalizersHang;
        public long LastStart;

        public override long Now => Time;

        protected override bool StopsThreads => Stops;

        protected override bool Collect(bool andWait)
        {
            Collections++;
            LastStart = Time;
            Time += Cost;
            if (!HoldsOn)
                End();
            return !FinalizersHang;
        }
    }
}

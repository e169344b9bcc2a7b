namespace Tame.Runtime.Tests.Clocks;

/// <summary><c>loop.TimeProvider</c> in virtual time: its timers run on the loop's clock.</summary>
public sealed class LoopTimerTests
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly AsyncLocal<string?> s_local = new();

    private static TimeProvider Clock => EventLoop.Current!.TimeProvider;

    [Fact]
    public void A_delay_takes_virtual_time()
    {
        long start = 0;
        Loops.RunBlocks(
            c =>
            {
                start = Clock.GetTimestamp();
                Task.Delay(s_hour, Clock).Trigger(c.Make(1));
            },
            _ => Assert.Equal(s_hour, Clock.GetElapsedTime(start)));
    }

    [Fact]
    public void A_token_of_a_minute_beats_a_timer_of_an_hour() =>
        Assert.Throws<OperationCanceledException>(() => Loops.RunBlocks(c =>
        {
            var source = new CancellationTokenSource(s_minute, Clock);
            Primitives.timer(s_hour, c.Make(1).WithCancellation(source.Token));
        }));

    [Fact]
    public void A_token_of_an_hour_leaves_a_timer_of_a_minute_alone() =>
        Loops.RunBlocks(c =>
        {
            var source = new CancellationTokenSource(s_hour, Clock);
            Primitives.timer(s_minute, c.Make(1).WithCancellation(source.Token));
        });

    [Fact]
    public void A_periodic_timer_ticks_in_virtual_time()
    {
        var times = new List<TimeSpan>();
        async Task Tick(TimeProvider clock)
        {
            long start = clock.GetTimestamp();
            using var timer = new PeriodicTimer(s_minute, clock);
            while (times.Count < 3 && await timer.WaitForNextTickAsync())
                times.Add(clock.GetElapsedTime(start));
        }
        Loops.RunBlocks(c => Tick(Clock).Trigger(c.Make(1)));
        Assert.Equal([s_minute, 2 * s_minute, 3 * s_minute], times);
    }

    [Theory]
    [InlineData(-2, 0)]
    [InlineData(-1.5, 0)]
    [InlineData(-0.5, 0)]
    [InlineData(0, -2)]
    [InlineData(4294967294, 0)]
    [InlineData(4294967295, 0)]
    [InlineData(0, 4294967294)]
    [InlineData(0, 4294967295)]
    public void Times_are_checked_as_those_of_the_systems_timers(double dueTime, double period)
    {
        var (due, repeat) = (TimeSpan.FromMilliseconds(dueTime), TimeSpan.FromMilliseconds(period));
        using var loop = new EventLoop(Loops.Virtual);
        foreach (var act in new Action<TimeProvider>[] { Create, Change })
        {
            var expected = (ArgumentOutOfRangeException?)Xunit.Record.Exception(() => act(TimeProvider.System));
            var seen = (ArgumentOutOfRangeException?)Xunit.Record.Exception(() => act(loop.TimeProvider));
            Assert.Equal((expected is null, expected?.ParamName), (seen is null, seen?.ParamName));
        }
        Assert.Throws<ArgumentNullException>(() => loop.TimeProvider.CreateTimer(null!, null, due, repeat));

        void Create(TimeProvider clock) => clock.CreateTimer(_ => { }, null, due, repeat).Dispose();

        void Change(TimeProvider clock)
        {
            using var timer = clock.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Assert.True(timer.Change(due, repeat));
        }
    }

    [Fact]
    public void A_timer_fires_once_or_again_and_again_until_it_is_changed_or_disposed_of()
    {
        var log = new List<(string, double)>();
        using var loop = new EventLoop(Loops.Virtual);
        var clock = loop.TimeProvider;
        ITimer Make(string name, TimeSpan due, TimeSpan period, Action? then = null) => clock.CreateTimer(
            _ =>
            {
                log.Add((name, clock.GetElapsedTime(0).TotalMinutes));
                then?.Invoke();
            },
            null,
            due,
            period);
        Make("never", Timeout.InfiniteTimeSpan, s_minute);
        Make("once", s_minute, Timeout.InfiniteTimeSpan);
        Make("now", TimeSpan.Zero, TimeSpan.Zero);
        ITimer ticking = null!, changed = null!;
        ticking = Make("tick", s_minute, 2 * s_minute, () =>
        {
            if (log.Count(entry => entry.Item1 == "tick") == 3)
                ticking.Dispose();
        });
        changed = Make("changed", s_hour, Timeout.InfiniteTimeSpan, () => Assert.True(changed.Change(Timeout.InfiniteTimeSpan, s_minute)));
        Assert.True(changed.Change(2 * s_minute, s_minute));
        loop.Run();
        Assert.Equal([("now", 0), ("once", 1), ("tick", 1), ("changed", 2), ("tick", 3), ("tick", 5)], log);
        Assert.False(ticking.Change(s_minute, s_minute));
        ticking.Dispose();
    }

    [Fact]
    public void Disposing_of_a_timer_that_is_due_on_the_loops_thread_is_in_time()
    {
        using var loop = new EventLoop(Loops.Virtual);
        bool called = false;
        var second = loop.TimeProvider.CreateTimer(_ => called = true, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var first = loop.TimeProvider.CreateTimer(_ => second.Dispose(), null, s_minute, Timeout.InfiniteTimeSpan);
        second.Change(s_minute, Timeout.InfiniteTimeSpan);
        loop.Run();
        Assert.False(called);
    }

    [Fact]
    public void Callbacks_and_the_loops_own_timers_keep_the_order_of_their_deadlines_and_of_their_setting()
    {
        var log = new List<int>();
        Loops.Run(done =>
        {
            var clock = Clock;
            void Own(int number, TimeSpan delay) => Call.Blocks(number == 5 ? done : default, c => Primitives.timer(delay, c.Make(1)), _ => log.Add(number));
            void Other(int number, TimeSpan delay) => clock.CreateTimer(_ => log.Add(number), null, delay, Timeout.InfiniteTimeSpan);
            Own(5, 2 * s_minute);
            Own(1, s_minute);
            Other(2, s_minute);
            Own(3, s_minute);
            Other(4, s_minute);
        });
        Assert.Equal([1, 2, 3, 4, 5], log);
    }

    [Fact]
    public void A_callback_runs_on_the_loops_thread_with_the_context_of_who_made_it()
    {
        var seen = new List<(int, bool, SynchronizationContext?, string?)>();
        using var loop = new EventLoop(Loops.Virtual);
        void Note(object? state) => seen.Add((Environment.CurrentManagedThreadId, ReferenceEquals(loop, EventLoop.Current), SynchronizationContext.Current, s_local.Value + state));
        loop.Post(() =>
        {
            s_local.Value = "maker ";
            loop.TimeProvider.CreateTimer(Note, 1, s_minute, Timeout.InfiniteTimeSpan);
            using (ExecutionContext.SuppressFlow())
                loop.TimeProvider.CreateTimer(Note, 2, s_minute, Timeout.InfiniteTimeSpan);
        });
        loop.Run();
        int here = Environment.CurrentManagedThreadId;
        Assert.Equal([(here, true, null, "maker 1"), (here, true, null, "2")], seen);
    }

    [Fact]
    public void What_a_callback_throws_is_unhandled()
    {
        using var loop = new EventLoop(Loops.Virtual);
        loop.TimeProvider.CreateTimer(_ => throw new ArithmeticException(), null, s_minute, Timeout.InfiniteTimeSpan);
        Assert.Throws<ArithmeticException>(loop.Run);
    }

    [Fact]
    public void Any_thread_may_make_change_and_dispose_of_timers()
    {
        const int Threads = 4, Rounds = 500;
        int fired = 0, strayed = 0, changed = 0;
        Loops.OnThread(() =>
        {
            using var loop = new EventLoop(Loops.Virtual);
            int home = Environment.CurrentManagedThreadId;
            var hold = loop.HoldTime();
            int left = Threads;
            for (int i = 0; i < Threads; i++)
            {
                new Thread(() =>
                {
                    for (int round = 0; round < Rounds; round++)
                    {
                        var timer = loop.TimeProvider.CreateTimer(
                            _ =>
                            {
                                fired++;
                                strayed += Environment.CurrentManagedThreadId == home ? 0 : 1;
                            },
                            null,
                            s_hour,
                            Timeout.InfiniteTimeSpan);
                        if (round % 3 == 0 && timer.Change(s_minute, TimeSpan.Zero))
                            Interlocked.Increment(ref changed);
                        if (round % 3 == 1)
                            timer.Dispose();
                    }
                    if (Interlocked.Decrement(ref left) == 0)
                        hold.Dispose();
                }).Start();
            }
            loop.Run();
        });
        Assert.Equal((Threads * (Rounds - (Rounds + 1) / 3), 0, Threads * ((Rounds + 2) / 3)), (fired, strayed, changed));
    }

    [Fact]
    public void An_asynchronous_dispose_waits_for_the_callback()
    {
        using var running = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        ITimer? timer = null;
        bool ended = false, before = true, after = false;
        var disposer = new Thread(() =>
        {
            running.Wait();
            var task = timer!.DisposeAsync().AsTask();
            before = task.IsCompleted;
            go.Set();
            task.Wait();
            after = Volatile.Read(ref ended);
            before |= !timer.DisposeAsync().AsTask().IsCompleted;
        });
        Loops.OnThread(() =>
        {
            using var loop = new EventLoop(Loops.Virtual);
            timer = loop.TimeProvider.CreateTimer(
                _ =>
                {
                    running.Set();
                    go.Wait();
                    Volatile.Write(ref ended, true);
                },
                null,
                s_minute,
                s_minute);
            disposer.Start();
            loop.Run();
        });
        disposer.Join();
        Assert.Equal((false, true), (before, after));
    }

    [Fact]
    public void The_end_of_the_loop_is_the_end_of_its_time()
    {
        var log = new List<(string, double)>();
        TimeProvider clock = null!;
        ITimer timer;
        bool waited = false;
        var waiting = new Thread(() => waited = Task.Delay(2 * s_hour, clock, CancellationToken.None).Wait(Loops.Hang, CancellationToken.None));
        using (var loop = new EventLoop(Loops.Virtual))
        {
            clock = loop.TimeProvider;
            void Note(object? name) => log.Add(((string)name!, clock.GetElapsedTime(0).TotalMinutes));
            timer = clock.CreateTimer(Note, "hour", s_hour, s_minute);
            clock.CreateTimer(Note, "never", Timeout.InfiniteTimeSpan, s_minute);
            clock.CreateTimer(Note, "disposed", s_minute, s_minute).Dispose();
            clock.CreateTimer(Note, "minute", s_minute, Timeout.InfiniteTimeSpan);
            waiting.Start();
            SpinWait.SpinUntil(() => !loop.Inbox.IsEmpty);
        }
        waiting.Join();
        Assert.True(waited);
        Assert.Equal([("minute", 1), ("hour", 60)], log);
        Assert.Equal(120, clock.GetElapsedTime(0).TotalMinutes);
        Assert.False(timer.Change(s_minute, s_minute));
        Assert.Throws<ObjectDisposedException>(() => clock.CreateTimer(_ => Assert.Fail(), null, s_minute, s_minute));
        Assert.Throws<ObjectDisposedException>(() => Task.Delay(s_minute, clock, CancellationToken.None).Start());
        timer.Dispose();
    }

    [Fact]
    public void A_timer_that_is_due_when_its_loop_ends_calls_back_all_the_same()
    {
        int called = 0;
        using (var loop = new EventLoop(Loops.Virtual))
        {
            loop.TimeProvider.CreateTimer(_ => throw new ArithmeticException(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            loop.TimeProvider.CreateTimer(_ => called++, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            loop.Post(() => loop.Post(loop.Stop));
            loop.RunOnce();
        }
        Assert.Equal(1, called);
    }
}

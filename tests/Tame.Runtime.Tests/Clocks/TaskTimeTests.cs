namespace Tame.Runtime.Tests.Clocks;

/// <summary>When virtual time passes although something waits for a task: decision 0029.</summary>
public sealed class TaskTimeTests
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private static TimeProvider Clock => EventLoop.Current!.TimeProvider;

    [Fact]
    public void A_task_that_waits_for_the_loops_clock_lets_time_pass() =>
        Assert.Equal(3 * s_hour, Watched(clock => Delays(clock, 3)));

    [Fact]
    public void It_may_have_begun_on_the_thread_pool() =>
        Assert.Equal(3 * s_hour, Watched(clock => Task.Run(async () =>
        {
            Thread.Sleep(20);
            await Delays(clock, 3).ConfigureAwait(false);
        })));

    [Fact]
    public void Between_its_delays_it_stays_on_the_loops_thread()
    {
        var threads = new List<int>();
        async Task Steps(TimeProvider clock)
        {
            for (int i = 0; i < 3; i++)
            {
                await Task.Delay(s_hour, clock).ConfigureAwait(false);
                threads.Add(Environment.CurrentManagedThreadId);
            }
        }
        Watched(Steps);
        Assert.Equal(Enumerable.Repeat(Environment.CurrentManagedThreadId, 3), threads);
    }

    [Fact]
    public void Many_tasks_that_wait_for_the_loops_clock_let_time_pass() =>
        Assert.Equal(9 * s_hour, Watched([.. Enumerable.Range(1, 9).Select(n => (Func<TimeProvider, Task>)(clock => Delays(clock, n)))]));

    [Fact]
    public void A_task_of_real_work_beside_one_that_waits_for_the_clock_holds_time()
    {
        TimeSpan atEnd = default;
        Watched(
            clock => Delays(clock, 2),
            async clock =>
            {
                await Task.Delay(50);
                atEnd = clock.GetElapsedTime(0);
            });
        Assert.Equal(TimeSpan.Zero, atEnd);
    }

    [Fact]
    public void A_task_of_the_loops_own_call_is_no_outside_work()
    {
        Loops.RunBlocks(c =>
        {
            var loop = EventLoop.Current!;
            loop.InvokeAsync(e => Primitives.timer(s_hour, e)).Trigger(c.Make(1));
            loop.Post(() => Assert.False(loop.HasOutsideWork));
        });
        Loops.RunBlocks(c =>
        {
            var loop = EventLoop.Current!;
            loop.InvokeAsync(() => loop.InvokeAsync(e => Primitives.timer(s_hour, e))).Trigger(c.Make(1));
        });
    }

    [Fact]
    public void A_function_that_ends_with_a_call_of_its_loop_waits_for_no_thread_of_the_pool()
    {
        var isOver = new ManualResetEventSlim();     // not disposed: threads of the pool use it later
        for (int i = 0; i < 64; i++)
            ThreadPool.UnsafeQueueUserWorkItem(_ => isOver.Wait(TimeSpan.FromSeconds(10)), null);
        try
        {
            Loops.RunBlocks(c =>
            {
                var loop = EventLoop.Current!;
                loop.InvokeAsync(() => loop.InvokeAsync(e => Primitives.timer(s_hour, e))).Trigger(c.Make(1));
            });
        }
        finally
        {
            isOver.Set();
        }
    }

    [Fact]
    public void A_function_may_wait_for_a_call_of_its_loop()
    {
        EventLoop.Run(
            async () =>
            {
                var loop = EventLoop.Current!;
                await loop.InvokeAsync(e => Primitives.timer(s_hour, e));
                await loop.InvokeAsync(e => Call.Blocks(e, c => Primitives.timer(s_hour, c.Make(1))));
                Assert.Equal(2 * s_hour, Clock.GetElapsedTime(0));
            },
            Loops.Virtual);
    }

    [Fact]
    public void A_function_that_waits_for_real_work_holds_time_beside_a_call_that_an_event_waits_for()
    {
        TimeSpan atEnd = default;
        Loops.RunBlocks(c =>
        {
            var loop = EventLoop.Current!;
            loop.InvokeAsync(e => Primitives.timer(s_hour, e)).Trigger(c.Make(1));
            loop.InvokeAsync(async () =>
            {
                await Task.Delay(50);
                atEnd = Clock.GetElapsedTime(0);
            }).Trigger(c.Make(2));
        });
        Assert.Equal(TimeSpan.Zero, atEnd);
    }

    [Fact]
    public void A_task_that_runs_on_the_thread_pool_holds_time_whatever_else_waits_for_the_clock()
    {
        TimeSpan atEnd = default;
        Watched(clock =>
        {
            _ = Delays(clock, 1000);
            _ = Delays(clock, 1000);
            return Task.Run(() =>
            {
                Thread.Sleep(50);
                atEnd = clock.GetElapsedTime(0);
            });
        });
        Assert.Equal(TimeSpan.Zero, atEnd);
    }

    [Fact]
    public void Limits_of_real_work_do_not_let_time_pass()
    {
        TimeSpan atEnd = default;
        async Task<int> Work(TimeProvider clock)
        {
            await Task.Delay(50);
            atEnd += clock.GetElapsedTime(0);
            return 1;
        }
        Watched(clock =>
        {
            var source = new CancellationTokenSource(s_minute, clock);
            source.Token.Register(() => Assert.Fail());
            return Work(clock);
        });
        Watched(clock => Work(clock).WaitAsync(s_minute, clock));
        Watched(clock => ((Task)Work(clock)).WaitAsync(s_minute, clock));
        Assert.Equal(TimeSpan.Zero, atEnd);
    }

    [Fact]
    public void A_limit_beats_a_longer_delay() =>
        Assert.Throws<TimeoutException>(() => Watched(clock => Task.Delay(s_hour, clock).WaitAsync(s_minute, clock)));

    [Fact]
    public void Held_time_stands_still()
    {
        TimeSpan atEnd = default;
        Watched(clock =>
        {
            var loop = EventLoop.Current!;
            var hold = loop.HoldTime();
            new Thread(() =>
            {
                Thread.Sleep(50);
                atEnd = clock.GetElapsedTime(0);
                loop.Post(hold.Dispose);
            }).Start();
            return Delays(clock, 1);
        });
        Assert.Equal(TimeSpan.Zero, atEnd);
    }

    [Fact]
    public void An_async_void_method_may_wait_for_the_clock()
    {
        using var loop = new EventLoop(Loops.Virtual);
        bool ended = false;
        loop.Post(async () =>
        {
            await Delays(loop.TimeProvider, 2);
            ended = true;
        });
        loop.Run();
        Assert.True(ended);
        Assert.Equal(2 * s_hour, loop.TimeProvider.GetElapsedTime(0));
    }

    [Fact]
    public void Work_that_an_event_has_started_may_wait_for_the_clock_and_be_cut_short_by_it()
    {
        CancellationToken seen = default;
        Assert.Throws<TimeoutException>(() => Loops.RunBlocks(c =>
        {
            var clock = Clock;
            c.Make(1).WithTimeout(s_minute).Start(token => Task.Delay(s_hour, clock, seen = token));
        }));
        Assert.True(seen.IsCancellationRequested);
    }

    /// <summary>Waits for tasks in virtual time. Returns how much of it that took.</summary>
    private static TimeSpan Watched(params Func<TimeProvider, Task>[] tasks)
    {
        TimeSpan taken = default;
        Loops.RunBlocks(
            c =>
            {
                foreach (var task in tasks)
                    task(Clock).Trigger(c.Make(1));
            },
            _ => taken = Clock.GetElapsedTime(0));
        return taken;
    }

    private static async Task Delays(TimeProvider clock, int count)
    {
        for (int i = 0; i < count; i++)
            await Task.Delay(s_hour, clock).ConfigureAwait(false);
    }
}

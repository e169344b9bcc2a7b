#pragma warning disable xUnit1051 // Calls without a token are what is tested.

namespace Tame.Runtime.Tests.Running;

public sealed class EventLoopThreadTests
{
    [Fact]
    public async Task Its_thread_is_in_the_background_and_has_the_name_of_the_loop()
    {
        await using var thread = EventLoopThread.Start("orders");
        await using var other = EventLoopThread.Start();
        var (name, isBackground, loop) = await thread.InvokeAsync<(string?, bool, EventLoop?)>(e => e.Trigger((Thread.CurrentThread.Name, Thread.CurrentThread.IsBackground, EventLoop.Current)));
        Assert.Equal(("orders", true, thread.Loop), (name, isBackground, loop));
        Assert.Equal(("orders", "orders"), (thread.Name, thread.Loop.Name));
        Assert.Equal(other.Loop.Name, await other.InvokeAsync<string?>(e => e.Trigger(Thread.CurrentThread.Name)));
    }

    [Fact]
    public async Task Calls_from_many_threads_run_on_its_thread_one_at_a_time()
    {
        await using var thread = EventLoopThread.Start();
        int count = 0;
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var ran = new List<int>();
            for (int i = 0; i < 500; i++)
            {
                ran.Add(await thread.InvokeAsync<int>(e =>
                {
                    count++;
                    Primitives.asap(e.Bind(Environment.CurrentManagedThreadId));
                }));
            }
            return ran;
        })));
        Assert.Equal(4000, count);
        Assert.Single(ids.SelectMany(ran => ran).Distinct());
    }

    [Fact]
    public async Task It_runs_on_while_nothing_is_outstanding_and_looks_for_losses()
    {
        await using var thread = EventLoopThread.Start(new EventLoopOptions { LostEvents = LostEventDetection.Aggressive });
        for (int i = 0; i < 3; i++)
        {
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref thread.Loop.Sleeping) != 0 || thread.Completion.IsCompleted, Loops.Hang));
            await Assert.ThrowsAsync<LostEventException>(() => thread.InvokeAsync(_ => { }).WaitAsync(Loops.Hang));
        }
        Assert.False(thread.Completion.IsCompleted);
    }

    [Fact]
    public async Task A_failure_that_nothing_handles_ends_it_after_its_calls_have_cleaned_up()
    {
        await using var thread = EventLoopThread.Start();
        var log = new List<string>();
        await StartToCleanUp(thread, log, e => Primitives.timer(TimeSpan.FromMilliseconds(20), e));
        thread.Loop.Post(() => throw new ArithmeticException("planted"));
        Assert.Equal("planted", (await Assert.ThrowsAsync<ArithmeticException>(() => thread.Completion.WaitAsync(Loops.Hang))).Message);
        Assert.Equal(["cancelled", "cleaned up"], log);
        await Assert.ThrowsAsync<ArithmeticException>(() => thread.StopAsync());
        thread.Dispose();
    }

    [Fact]
    public async Task After_a_failure_that_a_handler_takes_it_runs_on()
    {
        await using var thread = EventLoopThread.Start();
        thread.Loop.UnhandledException += (_, arguments) => arguments.Handled = true;
        thread.Loop.Post(() => throw new ArithmeticException());
        Assert.Equal(7, await thread.InvokeAsync<int>(e => Primitives.asap(e.Bind(7))));
    }

    [Fact]
    public async Task A_second_stop_leaves_calls_their_time_to_clean_up()
    {
        await using var thread = EventLoopThread.Start();
        var log = new List<string>();
        Event cleanup = default;
        var open = thread.InvokeAsync(e => StartToCleanUpCall(log, made => cleanup = made, e));
        await thread.InvokeAsync(e => e.Trigger());
        var first = thread.StopAsync();
        Assert.True(SpinWait.SpinUntil(() => cleanup.IsPending, Loops.Hang));
        var second = thread.StopAsync();
        await thread.InvokeAsync(e => e.Trigger());       // it has reached the loop
        cleanup.Trigger();
        await Task.WhenAll(first, second).WaitAsync(Loops.Hang);
        Assert.Equal(["cancelled", "cleaned up"], log);
        await Assert.ThrowsAsync<OperationCanceledException>(() => open);
    }

    [Fact]
    public async Task The_token_of_a_stop_cuts_the_wait_short_and_not_the_end()
    {
        await using var thread = EventLoopThread.Start(new EventLoopOptions { ExitTimeout = Timeout.InfiniteTimeSpan });
        var log = new List<string>();
        Event cleanup = default;
        await StartToCleanUp(thread, log, made => cleanup = made);
        using var source = new CancellationTokenSource();
        var stop = thread.StopAsync(source.Token);
        Assert.True(SpinWait.SpinUntil(() => cleanup.IsPending, Loops.Hang));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stop);
        Assert.False(thread.Completion.IsCompleted);
        cleanup.Trigger();
        await thread.Completion.WaitAsync(Loops.Hang);
        Assert.Equal(["cancelled", "cleaned up"], log);
    }

    [Fact]
    public async Task A_call_that_stops_its_own_loop_and_waits_for_that_is_cancelled()
    {
        await using var thread = EventLoopThread.Start();
        var call = thread.InvokeAsync(e => Call.Blocks(e, c => thread.StopAsync().Trigger(c.Make(1))));
        await Assert.ThrowsAsync<OperationCanceledException>(() => call.WaitAsync(Loops.Hang));
        await thread.Completion.WaitAsync(Loops.Hang);
    }

    [Fact]
    public async Task Dispose_on_its_own_thread_returns_at_once_and_the_call_goes_on()
    {
        var thread = EventLoopThread.Start();
        bool wentOn = false;
        var call = thread.InvokeAsync(e =>
        {
            thread.Dispose();
            wentOn = true;
            e.Trigger();
        });
        await call.WaitAsync(Loops.Hang);
        Assert.True(wentOn);
        await thread.Completion.WaitAsync(Loops.Hang);
    }

    [Fact]
    public async Task An_asynchronous_function_of_its_own_may_dispose_of_it()
    {
        var thread = EventLoopThread.Start();
        var ended = new TaskCompletionSource();
        thread.Loop.Post(async () =>
        {
            await thread.DisposeAsync();
            ended.SetResult();
        });
        await ended.Task.WaitAsync(Loops.Hang);
        Assert.True(thread.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Dispose_waits_for_the_end_and_later_calls_fail()
    {
        var thread = EventLoopThread.Start();
        var log = new List<string>();
        await StartToCleanUp(thread, log, e => Primitives.timer(TimeSpan.FromMilliseconds(20), e));
        thread.Dispose();
        Assert.Equal(["cancelled", "cleaned up"], log);
        await thread.Completion.WaitAsync(Loops.Hang);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => thread.InvokeAsync(e => e.Trigger()));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => thread.InvokeAsync<int>(e => e.Trigger(1)));
        await thread.StopAsync();
        thread.Dispose();
        await thread.DisposeAsync();
    }

    [Fact]
    public async Task Stop_of_the_loop_ends_it_too()
    {
        await using var thread = EventLoopThread.Start();
        thread.Loop.Stop();
        await thread.Completion.WaitAsync(Loops.Hang);
    }

    [Fact]
    public async Task A_failure_of_an_asynchronous_function_fails_its_task_and_the_loop_runs_on()
    {
        await using var thread = EventLoopThread.Start();
        int home = await thread.InvokeAsync<int>(e => e.Trigger(Environment.CurrentManagedThreadId));
        await Assert.ThrowsAsync<ArithmeticException>(() => thread.InvokeAsync(async () =>
        {
            await Task.Yield();
            throw new ArithmeticException();
        }));
        await Assert.ThrowsAsync<ArithmeticException>(() => thread.InvokeAsync(async _ =>
        {
            await Task.Yield();
            throw new ArithmeticException();
        }));
        Assert.Equal(home, await thread.InvokeAsync(async () =>
        {
            await Task.Yield();
            return Environment.CurrentManagedThreadId;
        }));
        Assert.Equal(home, await thread.InvokeAsync<int>(async e =>
        {
            await Task.Yield();
            e.Trigger(Environment.CurrentManagedThreadId);
        }));
    }

    [Fact]
    public void What_its_maker_has_in_async_locals_does_not_reach_it()
    {
        var local = new AsyncLocal<string?> { Value = "the maker's" };
        using var thread = EventLoopThread.Start();
        string? seen = "not run";
        using var ran = new ManualResetEventSlim();
        using (ExecutionContext.SuppressFlow())
        {
            thread.Loop.Post(() =>
            {
                seen = local.Value;
                ran.Set();
            });
        }
        Assert.True(ran.Wait(Loops.Hang));
        Assert.Null(seen);
    }

    [Fact]
    public void Virtual_time_is_refused() =>
        Assert.StartsWith("A loop with its own thread cannot have virtual time", Assert.Throws<ArgumentException>(() => EventLoopThread.Start(Loops.Virtual)).Message, StringComparison.Ordinal);

    /// <summary>Starts a call that waits until the end of the loop, and then for what the test says.</summary>
    private static async Task StartToCleanUp(EventLoopThread thread, List<string> log, Action<Event> wait) =>
        await thread.InvokeAsync(e =>
        {
            StartToCleanUpCall(log, wait, default);
            e.Trigger();
        });

    private static void StartToCleanUpCall(List<string> log, Action<Event> wait, Event done) => Call.Start(
        c =>
        {
            switch (c.State)
            {
                case 0:
                    c.EnterBlock();
                    c.Held = c.Make(1);
                    c.BlockDone(1);
                    break;
                case 1:
                    Assert.Throws<OperationCanceledException>(c.EndBlockOrThrow);
                    log.Add("cancelled");
                    c.EnterBlock();
                    wait(c.Make(2));
                    c.BlockDone(2);
                    break;
                default:
                    c.EndBlockOrThrow();
                    log.Add("cleaned up");
                    c.Done.Fail(new OperationCanceledException());
                    break;
            }
        },
        done);
}

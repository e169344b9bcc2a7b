namespace Tame.Runtime.Tests.Running;

/// <summary>Code that a loop accepted before it ended and that had no turn: awaits, posts to its context, tasks of its scheduler, sends.</summary>
public sealed class LeftoverTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("own thread")]
    [InlineData("in the inbox")]
    public void A_post_that_the_end_overtakes_runs_on_the_thread_that_ends_the_loop(string way)
    {
        Loops.OnThread(() =>
        {
            var loop = new EventLoop();
            var context = loop.SynchronizationContext;
            int ranOn = 0;
            void Post() => context.Post(
                _ =>
                {
                    ranOn = Environment.CurrentManagedThreadId;
                    Assert.Same(context, SynchronizationContext.Current);
                    Assert.Null(EventLoop.Current);
                },
                null);
            if (way == "own thread")
                Post();
            else
                Loops.OnThread(Post);
            loop.Dispose();
            Assert.Equal(Environment.CurrentManagedThreadId, ranOn);
            Assert.Null(SynchronizationContext.Current);
        });
    }

    [Theory]
    [InlineData("own thread")]
    [InlineData("in the inbox")]
    public void A_task_that_the_end_overtakes_runs_on_the_thread_that_ends_the_loop(string way)
    {
        Loops.OnThread(() =>
        {
            var loop = new EventLoop();
            Task<int>? task = null;
            void Start() => task = Task.Factory.StartNew(() => Environment.CurrentManagedThreadId, Cancellation, TaskCreationOptions.None, loop.TaskScheduler);
            if (way == "own thread")
                Start();
            else
                Loops.OnThread(Start);
            loop.Dispose();
            Assert.True(task!.IsCompletedSuccessfully);
            Assert.Equal(Environment.CurrentManagedThreadId, task.Result);
        });
    }

    [Fact]
    public void What_the_end_overtakes_keeps_its_order_and_its_execution_context()
    {
        var local = new AsyncLocal<string?>();
        var log = new List<string?>();
        Loops.OnThread(() =>
        {
            var loop = new EventLoop();
            local.Value = "first";
            loop.SynchronizationContext.Post(_ => log.Add(local.Value), null);
            local.Value = "second";
            Task.Factory.StartNew(() => log.Add(local.Value), Cancellation, TaskCreationOptions.None, loop.TaskScheduler);
            Loops.OnThread(() =>
            {
                local.Value = "third";
                loop.SynchronizationContext.Post(_ => log.Add(local.Value), null);
            });
            local.Value = "ending";
            loop.Dispose();
            Assert.Equal("ending", local.Value);
        });
        Assert.Equal(["first", "second", "third"], log);
    }

    [Fact]
    public void A_task_that_waits_for_another_one_behind_it_runs_that_one_inline()
    {
        Loops.OnThread(() =>
        {
            var loop = new EventLoop();
            var second = new Task(() => { }, Cancellation);
            var first = Task.Factory.StartNew(() => second.GetAwaiter().GetResult(), Cancellation, TaskCreationOptions.None, loop.TaskScheduler);
            second.Start(loop.TaskScheduler);
            loop.Dispose();
            Assert.True(first.IsCompletedSuccessfully);
        });
    }

    [Fact]
    public async Task An_await_that_comes_back_after_the_end_goes_on_so_that_finally_runs()
    {
        var gate = new TaskCompletionSource();
        bool cleaned = false;
        Task? work = null;
        Loops.OnThread(() => EventLoop.Run(done =>
        {
            work = Work();
            done.Trigger();
        }));
        gate.SetResult();
        await work!.WaitAsync(Loops.Hang, Cancellation);
        Assert.True(cleaned);

        async Task Work()
        {
            try
            {
                await gate.Task;
                Assert.NotNull(SynchronizationContext.Current);
                Assert.Null(EventLoop.Current);
                await Task.Yield();
            }
            finally
            {
                cleaned = true;
            }
        }
    }

    [Fact]
    public async Task What_comes_after_the_end_runs_one_at_a_time_and_never_inside_its_sender()
    {
        const int Methods = 50;
        var gate = new TaskCompletionSource();
        var held = new object();
        int running = 0, turns = 0;
        var work = new List<Task>();
        Loops.OnThread(() => EventLoop.Run(done =>
        {
            for (int i = 0; i < Methods; i++)
                work.Add(Work());
            done.Trigger();
        }));
        lock (held)
            gate.SetResult();
        await Task.WhenAll(work).WaitAsync(Loops.Hang, Cancellation);
        Assert.Equal(Methods * 20, turns);

        async Task Work()
        {
            await gate.Task;
            for (int i = 0; i < 20; i++)
            {
                Assert.Equal(1, Interlocked.Increment(ref running));
                Assert.False(Monitor.IsEntered(held));
                turns++;
                Interlocked.Decrement(ref running);
                if (i % 2 == 0)
                    await Task.Yield();
                else
                    await Task.Run(() => { });
            }
        }
    }

    [Fact]
    public void What_it_throws_is_unhandled()
    {
        using var traced = new Traced();
        var handled = new List<Exception>();
        using var told = new ManualResetEventSlim();
        var loop = new EventLoop();
        loop.UnhandledException += (_, e) =>
        {
            handled.Add(e.Exception);
            e.Handled = e.Exception is ArithmeticException;
            if (handled.Count == 2)
                told.Set();
        };
        loop.SynchronizationContext.Post(_ => throw new ArithmeticException(), null);
        loop.Dispose();
        loop.SynchronizationContext.Post(_ => throw new InvalidCastException(), null);
        Assert.True(told.Wait(Loops.Hang, Cancellation));
        Assert.Equal([typeof(ArithmeticException), typeof(InvalidCastException)], handled.Select(e => e.GetType()));
        Assert.True(SpinWait.SpinUntil(() => traced.Told.Any(text => text.StartsWith("UnhandledAtExit", StringComparison.Ordinal) && text.Contains(nameof(InvalidCastException), StringComparison.Ordinal)), Loops.Hang));
    }

    [Fact]
    public void An_endless_method_does_not_keep_the_loop_from_ending_nor_the_others_from_running()
    {
        bool stop = false, other = false;
        Loops.OnThread(() =>
        {
            using var loop = new EventLoop();
            loop.Post(() => _ = Endless());
            loop.RunOnce();
            loop.SynchronizationContext.Post(_ => Volatile.Write(ref other, true), null);
        });
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref other), Loops.Hang));
        Volatile.Write(ref stop, true);

        async Task Endless()
        {
            while (!Volatile.Read(ref stop))
                await Task.Yield();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nobody_waits_for_a_loop_whose_thread_has_ended_without_dispose(bool waitsBefore)
    {
        EventLoop? loop = null;
        using var sending = new ManualResetEventSlim(!waitsBefore);
        var thread = new Thread(() =>
        {
            loop = new EventLoop();
            sending.Set();
            if (waitsBefore)
                SpinWait.SpinUntil(() => !loop.Inbox.IsEmpty, Loops.Hang);
        });
        thread.Start();
        if (waitsBefore)
            sending.Wait(Loops.Hang, Cancellation);
        else
            Assert.True(thread.Join(Loops.Hang));
        Loops.OnThread(() => Assert.Throws<ObjectDisposedException>(() => loop!.SynchronizationContext.Send(_ => Assert.Fail("It has no thread."), null)));
    }

    [Fact]
    public async Task What_is_posted_to_a_loop_whose_thread_has_ended_without_dispose_is_told()
    {
        EventLoop? loop = null;
        var told = new TaskCompletionSource();
        Loops.OnThread(() =>
        {
            loop = new EventLoop();
            Call.Blocks(default, c => c.Make(new Rendezvous(), 1).OnComplete(_ => told.SetResult(), null));
        });
        var late = new TaskCompletionSource();
        loop!.SynchronizationContext.Post(_ => late.SetResult(), null);
        await Task.WhenAll(told.Task, late.Task).WaitAsync(Loops.Hang, Cancellation);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => loop.InvokeAsync(e => e.Trigger(), Cancellation));
        Assert.Throws<ObjectDisposedException>(() => loop.Post(() => { }));
    }
}

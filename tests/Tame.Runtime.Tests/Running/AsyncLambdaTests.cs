#pragma warning disable xUnit1051, xUnit1031 // Calls without a token are what is tested, and the loop has run when results are read.

namespace Tame.Runtime.Tests.Running;

/// <summary>Asynchronous functions passed to Run, Post, and InvokeAsync: their failures reach the run, the loop, or the task.</summary>
public sealed class AsyncLambdaTests
{
    [Fact]
    public void A_failure_of_an_async_call_fails_its_task_and_the_loop_goes_on()
    {
        using var loop = new EventLoop(Loops.Virtual);
        var plain = loop.InvokeAsync(async e =>
        {
            await Task.Yield();
            throw new ArithmeticException();
        });
        var typed = loop.InvokeAsync<int>(async e =>
        {
            await Task.Yield();
            throw new ArithmeticException();
        });
        var alone = loop.InvokeAsync(async () =>
        {
            await Task.Yield();
            throw new ArithmeticException();
        });
        var result = loop.InvokeAsync(async () =>
        {
            await Task.Yield();
            return Fails();
        });
        loop.Run();
        Assert.All([plain, typed, alone, result], task => Assert.IsType<ArithmeticException>(task.Exception!.InnerException));

        static int Fails() => throw new ArithmeticException();
    }

    [Fact]
    public void An_async_call_completes_through_its_event_or_its_end_on_the_loops_thread()
    {
        using var loop = new EventLoop(Loops.Virtual);
        var threads = new List<int>();
        var plain = loop.InvokeAsync(async e =>
        {
            await Task.Run(() => { });
            threads.Add(Environment.CurrentManagedThreadId);
            Primitives.asap(e);
        });
        var typed = loop.InvokeAsync<int>(async e =>
        {
            await Task.Run(() => { });
            e.Trigger(7);
        });
        bool ended = false;
        var alone = loop.InvokeAsync(async () =>
        {
            await Task.Run(() => { });
            threads.Add(Environment.CurrentManagedThreadId);
            ended = true;
        });
        var result = loop.InvokeAsync(async () =>
        {
            await Task.Run(() => { });
            return "result";
        });
        loop.Run();
        Assert.True(plain.IsCompletedSuccessfully && alone.IsCompletedSuccessfully && ended);
        Assert.Equal((7, "result"), (typed.Result, result.Result));
        Assert.Equal([loop.Thread.ManagedThreadId, loop.Thread.ManagedThreadId], threads);
    }

    [Fact]
    public void Run_takes_an_async_main_and_throws_its_failure()
    {
        bool ended = false;
        EventLoop.Run(async () =>
        {
            await Task.Yield();
            ended = true;
        });
        Assert.True(ended);
        Assert.Equal(7, EventLoop.Run(async () =>
        {
            await Task.Yield();
            return 7;
        }));
        Assert.Equal(8, EventLoop.Run<int>(async e =>
        {
            await Task.Yield();
            e.Trigger(8);
        }));
        EventLoop.Run(async e =>
        {
            await Task.Yield();
            e.Trigger();
        });
        Assert.Throws<ArithmeticException>(() => EventLoop.Run(async () => await Fail()));
        Assert.Throws<ArithmeticException>(() => EventLoop.Run(async _ => await Fail()));
        Assert.Throws<ArithmeticException>(() => EventLoop.Run<int>(async _ => await Fail()));
        Assert.Throws<ArithmeticException>(() => EventLoop.Run(async () =>
        {
            await Fail();
            return 7;
        }));
    }

    [Fact]
    public void A_failure_of_a_posted_async_function_is_unhandled_and_the_loop_may_go_on()
    {
        using var loop = new EventLoop(Loops.Virtual);
        var told = new List<Type>();
        loop.UnhandledException += (_, unhandled) =>
        {
            told.Add(unhandled.Exception.GetType());
            unhandled.Handled = true;
        };
        loop.Post(async () => await Fail());
        loop.Post(Cancelled);
        loop.Post(() => Task.Run(Fail));
        loop.Run();
        Assert.Equal([typeof(ArithmeticException), typeof(ArithmeticException), typeof(OperationCanceledException)], told.OrderBy(type => type.Name));

        static async Task Cancelled()
        {
            await Task.Yield();
            throw new OperationCanceledException();
        }
    }

    [Fact]
    public void A_failure_after_the_event_has_completed_is_unhandled_but_no_cancellation()
    {
        using var loop = new EventLoop(Loops.Virtual);
        using var source = new CancellationTokenSource();
        var told = new List<Type>();
        loop.UnhandledException += (_, unhandled) =>
        {
            told.Add(unhandled.Exception.GetType());
            unhandled.Handled = true;
        };
        var triggered = loop.InvokeAsync(async e =>
        {
            e.Trigger();
            await Fail();
        });
        var cancelled = loop.InvokeAsync(e => Task.Delay(Timeout.InfiniteTimeSpan, e.Token), source.Token);
        loop.Post(source.Cancel);
        loop.Run();
        Assert.True(triggered.IsCompletedSuccessfully && cancelled.IsCanceled);
        Assert.Equal([typeof(ArithmeticException)], told);
    }

    [Fact]
    public void A_run_waits_for_a_posted_async_function_and_virtual_time_stands_still_meanwhile()
    {
        using var loop = new EventLoop(Loops.Virtual);
        long start = loop.TimeProvider.GetTimestamp(), end = -1;
        Call.Blocks(default, _ => Primitives.timer(TimeSpan.FromHours(1), _.Make(1)));
        loop.Post(async () =>
        {
            await Task.Run(() => Thread.Sleep(1));
            Assert.True(loop.HasOutsideWork);
            end = loop.TimeProvider.GetTimestamp();
        });
        loop.Run();
        Assert.Equal(start, end);
        Assert.False(loop.HasOutsideWork);
        Assert.Equal(TimeSpan.FromHours(1), loop.TimeProvider.GetElapsedTime(start));
    }

    [Fact]
    public void An_event_that_the_function_drops_is_lost()
    {
        using var loop = new EventLoop(Loops.Virtual);
        var task = loop.InvokeAsync(async _ => await Task.Yield());
        loop.Run();
        Assert.IsType<LostEventException>(task.Exception!.InnerException);
    }

    [Fact]
    public void An_event_that_the_function_drops_is_lost_even_while_the_thread_that_ended_its_task_holds_the_message()
    {
        AsyncCall? message = null;
        using var loop = new EventLoop(Loops.Virtual);
        var task = loop.InvokeAsync(e =>
        {
            message = new AsyncCall(loop, Task.CompletedTask, e);
            loop.Send(message);
        });
        loop.Run();
        Assert.IsType<LostEventException>(task.Exception?.InnerException);
        GC.KeepAlive(message);
    }

    [Fact]
    public void A_function_that_returns_no_task_says_so()
    {
        Assert.Contains("returned null", Assert.Throws<InvalidOperationException>(() => EventLoop.Run(() => (Task)null!)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => EventLoop.Run((Func<Task>)null!));
        Assert.Throws<ArgumentNullException>(() => EventLoop.Run((Func<Event, Task>)null!));
        using var loop = new EventLoop();
        Assert.Throws<ArgumentNullException>(() => loop.Post((Func<Task>)null!));
    }

    [Fact]
    public void Functions_that_the_end_of_the_loop_overtakes_are_logged()
    {
        using var traced = new Traced();
        string own = Guid.NewGuid().ToString();
        var late = new TaskCompletionSource();
        Task? told = null;
        Loops.Run(done =>
        {
            told = EventLoop.Current!.InvokeAsync(() => late.Task);
            EventLoop.Current!.Post(() => EventLoop.Current!.Post(done.ToAction()));
        },
        lifelines: 1);
        Assert.True(told!.IsCanceled);
        late.SetException(new InvalidOperationException(own));
        Assert.True(SpinWait.SpinUntil(() => traced.Told.Any(text => text.Contains(own, StringComparison.Ordinal)), Loops.Hang));
    }

    [Fact]
    public void Every_form_runs_on_the_loops_thread()
    {
        var threads = new List<int>();
        void Note() => threads.Add(Environment.CurrentManagedThreadId);
        using var loop = new EventLoop(Loops.Virtual);
        loop.Post(Note);
        loop.Post(() => Note());
        loop.Post(() => NoteLater());
        loop.Post(NoteLater);
        Task[] tasks =
        [
            loop.InvokeAsync(Primitives.asap),
            loop.InvokeAsync(e => e.Trigger()),
            loop.InvokeAsync(delegate { throw new OperationCanceledException(); }),
            loop.InvokeAsync(NoteLater),
            loop.InvokeAsync(() => NoteLater()),
            loop.InvokeAsync(() => Task.FromResult(7)),
            loop.InvokeAsync<int>(e => e.Trigger(7)),
            loop.InvokeAsync((Event<int> e) => { e.Trigger(7); }),
            loop.InvokeAsync(async (Event<int> e) =>
            {
                await NoteLater();
                e.Trigger(7);
            }),
        ];
        loop.Run();
        Assert.All(tasks, task => Assert.True(task.IsCompletedSuccessfully || task == tasks[2] && task.IsCanceled));
        Assert.All(threads, thread => Assert.Equal(loop.Thread.ManagedThreadId, thread));
        Assert.Equal(7, threads.Count);

        async Task NoteLater()
        {
            await Task.Yield();
            Note();
        }
    }

    private static async Task Fail()
    {
        await Task.Yield();
        throw new ArithmeticException();
    }
}

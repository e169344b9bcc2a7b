#pragma warning disable xUnit1051 // Calls without a token are what is tested.
using System.Runtime.CompilerServices;

namespace Tame.Runtime.Tests.Running;

public sealed class InvokeTests
{
    [Fact]
    public void From_another_thread_a_call_runs_on_the_loops_and_its_task_has_the_value()
    {
        int ran = 0;
        EventLoop.Run(done =>
        {
            var loop = EventLoop.Current!;
            Ask().Trigger(done);
            Task Ask() => Task.Run(async () =>
            {
                Assert.Equal(7, await loop.InvokeAsync<int>(e =>
                {
                    ran = Environment.CurrentManagedThreadId;
                    Primitives.timer(TimeSpan.FromMilliseconds(1), e.Bind(7));
                }));
                await loop.InvokeAsync(e => Primitives.asap(e));
                Assert.Equal(0, await loop.InvokeAsync<int>(e => e.Unblock()));
            });
        });
        Assert.Equal(Environment.CurrentManagedThreadId, ran);
    }

    [Fact]
    public void A_failure_faults_the_task_with_the_exception_and_a_cancellation_cancels_it()
    {
        using var loop = new EventLoop();
        var thrown = loop.InvokeAsync(_ => throw new ArithmeticException());
        var failed = loop.InvokeAsync<int>(e => e.Fail(new ArithmeticException()));
        var cancelled = loop.InvokeAsync(e => e.Fail(new OperationCanceledException("told so")));
        loop.Run();
        Assert.IsType<ArithmeticException>(thrown.Exception!.InnerException);
        Assert.IsType<ArithmeticException>(failed.Exception!.InnerException);
        Assert.True(cancelled.IsCanceled);
        Assert.Equal("told so", Assert.Throws<OperationCanceledException>(() => cancelled.GetAwaiter().GetResult()).Message);
    }

    [Fact]
    public void What_a_call_throws_after_its_event_is_complete_is_unhandled()
    {
        using var loop = new EventLoop();
        var task = loop.InvokeAsync(e =>
        {
            e.Trigger();
            throw new ArithmeticException();
        });
        Assert.Throws<ArithmeticException>(loop.Run);
        Assert.True(task.IsCompletedSuccessfully);
    }

    [Fact]
    public void Loss_of_its_event_faults_the_task()
    {
        using var loop = new EventLoop(Loops.Virtual);
        var task = loop.InvokeAsync(_ => { });
        var other = loop.InvokeAsync<int>(_ => { });
        loop.Run();
        Assert.IsType<LostEventException>(task.Exception!.InnerException);
        Assert.IsType<LostEventException>(other.Exception!.InnerException);
        Loops.OnThread(() =>
        {
            using var real = new EventLoop();
            ProbeBudget.OfProcess.NotBefore = 0;       // as in a process that has not probed yet
            var lost = real.InvokeAsync(_ => { });
            real.Run();
            Assert.IsType<LostEventException>(lost.Exception!.InnerException);
            Assert.Equal(0, real.Calls.Unprobed);
        });
    }

    [Fact]
    public void Loss_of_its_event_names_the_code_that_was_called()
    {
        const string Own = "a lambda in Tame.Runtime.Tests.Running.InvokeTests,";
        using var loop = new EventLoop(Loops.Virtual);
        int captured = 0;
        Assert.Contains($"gave to its call, {Own} was lost", Message(loop.InvokeAsync(_ => captured++)), StringComparison.Ordinal);
        Assert.Contains(Own, Message(loop.InvokeAsync<int>(_ => { })), StringComparison.Ordinal);
        Assert.Contains(Own, Message(loop.InvokeAsync((state, _) => captured += state, 1)), StringComparison.Ordinal);
        Assert.Contains(Own, Message(loop.InvokeAsync<int, string>((state, _) => captured += state, 1)), StringComparison.Ordinal);
        Assert.Contains(Own, Message(loop.InvokeValueAsync(_ => captured++).AsTask()), StringComparison.Ordinal);
        Assert.Contains("a method or a lambda in Tame.Runtime.Tests.Running.InvokeTests.Holder,", Message(Hold(loop)), StringComparison.Ordinal);
        Assert.Contains("Tame.Runtime.Tests.Running.InvokeTests.Drop,", Message(loop.InvokeAsync(Drop)).Replace('+', '.'), StringComparison.Ordinal);

        string Message(Task task)
        {
            loop.Run();
            return Assert.IsType<LostEventException>(task.Exception!.InnerException).Message;
        }
    }

    private static void Drop(Event lost)
    {
    }

    /// <summary>No frame below keeps the holder.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task Hold(EventLoop loop) => loop.InvokeAsync(new Holder().Take);

    /// <summary>Has the event, and is itself held by nothing but the call.</summary>
    private sealed class Holder
    {
        private Event _held;

        public void Take(Event e) => _held = e;
    }

    [Fact]
    public void A_cancelled_token_cancels_the_event_and_the_task()
    {
        using var source = new CancellationTokenSource();
        using var loop = new EventLoop();
        Event held = default;
        int triggered = 0;
        var underWay = loop.InvokeAsync(e =>
        {
            held = e;
            e.OnComplete(_ => triggered++, null);
        }, source.Token);
        loop.RunOnce();
        var waiting = loop.InvokeAsync(_ => Assert.Fail("It was cancelled before."), source.Token);
        Loops.OnThread(source.Cancel);
        Assert.False(underWay.IsCompleted);
        loop.Run();
        Assert.True(underWay.IsCanceled && waiting.IsCanceled);
        Assert.Equal(source.Token, Assert.Throws<TaskCanceledException>(() => underWay.GetAwaiter().GetResult()).CancellationToken);
        Assert.False(held.Trigger());
        Assert.Equal(1, triggered);
        Assert.True(loop.InvokeAsync<int>(_ => { }, source.Token).IsCanceled);
    }

    [Fact]
    public void A_loop_that_ends_cancels_the_tasks_of_calls_under_way_and_of_those_not_started()
    {
        Event held = default;
        var loop = new EventLoop();
        var started = loop.InvokeAsync(e => held = e);
        loop.RunOnce();
        var ready = loop.InvokeAsync(_ => Assert.Fail("The loop has ended."));
        Task? sent = null;
        Loops.OnThread(() => sent = loop.InvokeAsync<int>(_ => Assert.Fail("The loop has ended.")));
        loop.Dispose();
        Assert.True(started.IsCanceled && ready.IsCanceled && sent!.IsCanceled);
        Assert.False(held.Trigger());
        Assert.IsType<ObjectDisposedException>(loop.InvokeAsync(_ => { }).Exception!.InnerException);
        Assert.IsType<ObjectDisposedException>(loop.InvokeAsync<int>(_ => { }).Exception!.InnerException);
    }

    [Fact]
    public void A_run_without_a_main_goes_on_while_a_call_is_under_way_and_virtual_time_passes()
    {
        using var loop = new EventLoop(Loops.Virtual);
        long start = loop.TimeProvider.GetTimestamp();
        var task = loop.InvokeAsync(e => Primitives.timer(TimeSpan.FromHours(1), e));
        var outside = loop.InvokeAsync(e => Loops.Beside(() =>
        {
            Assert.True(e.IsPending);
            e.Trigger();
        }));
        loop.Run();
        Assert.True(task.IsCompletedSuccessfully && outside.IsCompletedSuccessfully);
        Assert.Equal(TimeSpan.FromHours(1), loop.TimeProvider.GetElapsedTime(start));
    }

    [Fact]
    public void Continuations_of_the_task_do_not_run_inside_trigger()
    {
        using var loop = new EventLoop();
        using var ran = new ManualResetEventSlim();
        int inside = 1;
        loop.Post(() => loop.InvokeAsync(e =>
        {
            inside = Environment.CurrentManagedThreadId;
            e.Trigger();
            inside = 0;
        }).ContinueWith(
            _ =>
            {
                Assert.NotEqual(inside, Environment.CurrentManagedThreadId);
                ran.Set();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default));
        loop.Run();
        Assert.True(ran.Wait(Loops.Hang, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_call_brings_the_execution_context_of_its_caller_and_leaves_none_behind()
    {
        var local = new AsyncLocal<string?>();
        var seen = new List<string?>();
        using var loop = new EventLoop();
        local.Value = "caller";
        var task = loop.InvokeAsync(e =>
        {
            seen.Add(local.Value);
            local.Value = "changed";
            e.Trigger();
        });
        local.Value = null;
        loop.Post(() => seen.Add(local.Value));
        loop.Run();
        Assert.True(task.IsCompletedSuccessfully);
        Assert.Equal(["caller", null], seen);
    }
}

using System.Threading.Tasks.Sources;

namespace Tame.Runtime.Tests.Calls;

/// <summary><c>Closure.TaskDone</c>, the wait for a task: a task that has run to completion opens no block, and any other task opens one.</summary>
[Collection(nameof(Alone))]
public sealed class TaskDoneTests
{
    [Fact]
    public void A_completed_task_of_each_kind_gives_its_result_at_once()
    {
        var resumes = 0;
        Loops.Run(done => Call.Start(
            c =>
            {
                resumes++;
                Assert.True(c.TaskDone(Task.CompletedTask, 1));
                Assert.True(c.TaskDone(Task.FromResult(1), c.Slot(ref c.A), 2));
                Assert.True(c.TaskDone(ValueTask.CompletedTask, 3));
                Assert.True(c.TaskDone(new ValueTask<int>(2), c.Slot(ref c.B), 4));
                Assert.Equal((1, 2), (c.A, c.B));
                c.Done.Trigger();
            },
            done));
        Assert.Equal(1, resumes);
    }

    [Fact]
    public void A_completed_task_allocates_nothing()
    {
        Loops.Run(done => Call.Start(
            c =>
            {
                var (task, valued) = (Task.CompletedTask, Task.FromResult<string?>("text"));
                Measure();
                Assert.Equal(0, Measure());
                Assert.Equal("text", c.Text);
                c.Done.Trigger();

                long Measure()
                {
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    c.TaskDone(task, 1);
                    c.TaskDone(valued, c.Slot(ref c.Text), 2);
                    c.TaskDone(default(ValueTask), 3);
                    c.TaskDone(new ValueTask<int>(7), c.Slot(ref c.A), 4);
                    return GC.GetAllocatedBytesForCurrentThread() - before;
                }
            },
            done));
    }

    [Fact]
    public void A_task_that_completes_later_resumes_the_call_with_its_result()
    {
        Wait((c, later) => c.TaskDone(later, 1), source => source.SetResult(0), c => Assert.Equal(0, c.A));
        Wait((c, later) => c.TaskDone(later, c.Slot(ref c.A), 1), source => source.SetResult(7), c => Assert.Equal(7, c.A));
        Wait((c, later) => c.TaskDone(new ValueTask(later), 1), source => source.SetResult(0), c => Assert.Equal(0, c.A));
        Wait((c, later) => c.TaskDone(new ValueTask<int>(later), c.Slot(ref c.A), 1), source => source.SetResult(8), c => Assert.Equal(8, c.A));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_failure_of_a_task_fails_the_event_parameters(bool completeFirst)
    {
        var error = new ArithmeticException();
        foreach (var form in Forms)
            Assert.Same(error, Assert.Throws<ArithmeticException>(() => Wait(form, source => source.SetException(error), c => Assert.Fail(), completeFirst)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_cancellation_of_a_task_keeps_its_token(bool completeFirst)
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        foreach (var form in Forms)
        {
            var thrown = Assert.Throws<TaskCanceledException>(() => Wait(form, source => source.SetCanceled(cancelled.Token), c => Assert.Fail(), completeFirst));
            Assert.Equal(cancelled.Token, thrown.CancellationToken);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_source_of_a_value_task_is_read_once(bool completeFirst)
    {
        foreach (var withValue in new[] { false, true })
        {
            var source = new OnceSource();
            Wait(
                (c, _) => withValue
                    ? c.TaskDone(new ValueTask<int>(source, source.Version), c.Slot(ref c.A), 1)
                    : c.TaskDone(new ValueTask(source, source.Version), 1),
                _ => source.Complete(9),
                c => Assert.Equal(withValue ? 9 : 0, c.A),
                completeFirst,
                completeFirst);
            Assert.Equal(1, source.Reads);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_failure_of_a_value_task_source_is_thrown(bool completeFirst)
    {
        foreach (var withValue in new[] { false, true })
        {
            var source = new OnceSource();
            Assert.Throws<ArithmeticException>(() => Wait(
                (c, _) => withValue
                    ? c.TaskDone(new ValueTask<int>(source, source.Version), c.Slot(ref c.A), 1)
                    : c.TaskDone(new ValueTask(source, source.Version), 1),
                _ => source.Fail(new ArithmeticException()),
                c => Assert.Fail(),
                completeFirst));
            Assert.Equal(1, source.Reads);
        }
    }

    [Fact]
    public void A_task_that_completes_on_another_thread_resumes_the_call_on_the_loops_thread()
    {
        var (loopThread, other) = (Environment.CurrentManagedThreadId, 0);
        foreach (var form in Forms)
        {
            Wait(
                form,
                source => new Thread(() =>
                {
                    other = Environment.CurrentManagedThreadId;
                    source.SetResult(5);
                }).Start(),
                c =>
                {
                    Assert.Equal(loopThread, Environment.CurrentManagedThreadId);
                    Assert.NotEqual(loopThread, other);
                });
        }
    }

    [Fact]
    public void Null_is_an_argument_error()
    {
        Assert.Throws<ArgumentNullException>(() => Wait((c, _) => c.TaskDone(null!, 1), _ => { }, c => Assert.Fail()));
        Assert.Throws<ArgumentNullException>(() => Wait((c, _) => c.TaskDone<int>((Task<int>)null!, c.Slot(ref c.A), 1), _ => { }, c => Assert.Fail()));
    }

    [Fact]
    public void Without_a_loop_even_a_completed_task_is_an_error() =>
        Loops.OnThread(() =>
        {
            Assert.Throws<InvalidOperationException>(() => Call.Start(c => c.TaskDone(Task.CompletedTask, 1)));
            Assert.Throws<InvalidOperationException>(() => Call.Start(c => c.TaskDone(Task.FromResult(1), c.Slot(ref c.A), 1)));
            Assert.Throws<InvalidOperationException>(() => Call.Start(c => c.TaskDone(default(ValueTask), 1)));
            Assert.Throws<InvalidOperationException>(() => Call.Start(c => c.TaskDone(new ValueTask<int>(1), c.Slot(ref c.A), 1)));
        });

    private static Func<Call, Task<int>, bool>[] Forms =>
    [
        (c, task) => c.TaskDone(task, 1),
        (c, task) => c.TaskDone(task, c.Slot(ref c.A), 1),
        (c, task) => c.TaskDone(new ValueTask(task), 1),
        (c, task) => c.TaskDone(new ValueTask<int>(task), c.Slot(ref c.A), 1),
    ];

    /// <summary>Runs a call that waits for a task, and completes the task before the wait or as soon as the call waits.</summary>
    private static void Wait(
        Func<Call, Task<int>, bool> wait, Action<TaskCompletionSource<int>> complete, Action<Call> after, bool completeFirst = false, bool doneAtOnce = false)
    {
        var source = new TaskCompletionSource<int>();
        if (completeFirst) complete(source);
        Loops.Run(done =>
        {
            Call.Start(
                c =>
                {
                    if (c.State == 0)
                    {
                        Assert.Equal(doneAtOnce, c.InTime = wait(c, source.Task));
                        if (!c.InTime && !c.BlockDone(1))
                            return;
                    }

                    if (!c.InTime && !c.EndBlock())
                        return;
                    after(c);
                    c.Done.Trigger();
                },
                done);
            if (!completeFirst) complete(source);
        });
    }

    private sealed class OnceSource : IValueTaskSource, IValueTaskSource<int>
    {
        private ManualResetValueTaskSourceCore<int> _core;

        public int Reads { get; private set; }

        public short Version => _core.Version;

        public void Complete(int value) => _core.SetResult(value);

        public void Fail(Exception error) => _core.SetException(error);

        public int GetResult(short token)
        {
            Reads++;
            return _core.GetResult(token);
        }

        void IValueTaskSource.GetResult(short token) => GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}

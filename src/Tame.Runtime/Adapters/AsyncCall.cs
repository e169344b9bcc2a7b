namespace Tame;

/// <summary>
/// Follows the task of an asynchronous function that a loop called, so that its failure reaches the event of the call, or else the loop. While it is under way it counts as work outside of the loop.
/// </summary>
internal class AsyncCall(EventLoop loop, Task task, Event e) : Message
{
    /// <summary>The task is no call of the loop's own.</summary>
    private bool _isOutside;

    /// <summary>Follows a call that completes its event itself: the event fails when the task does.</summary>
    /// <param name="task">The task that the function returned.</param>
    /// <param name="e">The event that the function was given; empty where it was given none.</param>
    public static void Follow(Task task, Event e) => new AsyncCall(LoopThread.Current!, Checked(task), e).Start();

    /// <summary>Follows a call that has no event: its end completes one.</summary>
    public static void Complete(Task task, Event e) => new PlainCall(LoopThread.Current!, Checked(task), e).Start();

    /// <inheritdoc cref="Complete(Task, Event)"/>
    public static void Complete<T>(Task<T> task, Event<T> e) => new ResultCall<T>(LoopThread.Current!, Checked(task), e).Start();

    /// <summary>The loop's thread takes the end of a task that ended on another.</summary>
    internal sealed override void Run(EventLoop loop) => Finish();

    /// <summary>The loop ended before.</summary>
    internal sealed override void Drop(EventLoop loop) => FinishLate();

    protected virtual void Succeed()
    {
    }

    private static TTask Checked<TTask>(TTask? task)
        where TTask : Task =>
        task ?? throw new InvalidOperationException("The function that the event loop was given returned null instead of a task.");

    private void Start()
    {
        if (task.IsCompleted)
        {
            Finish();
            return;
        }
        _isOutside = !InvokedTask.TryWatch(task, loop);
        if (_isOutside)
        {
            loop.AddOutsideWork();
            (e.Lifeline?.Source as Invocation)?.FollowFunction();
        }
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(TaskCompleted);
    }

    private void TaskCompleted()
    {
        if (LoopThread.HasEntered(loop))
            Finish();
        else if (!loop.Send(this))
            FinishLate();
        if (_isOutside)
            loop.RemoveOutsideWork();
    }

    private void Finish()
    {
        if (task.IsCompletedSuccessfully)
            Succeed();
        else
            Fail(TaskWatch.ErrorOf(task));
    }

    /// <summary>A call that was cancelled may end with an OperationCanceledException. Every other failure that the event does not take is reported.</summary>
    private void Fail(Exception error)
    {
        if (!e.Fail(error) && !(task.IsCanceled && e != default))
            loop.Report(error);
    }

    private void FinishLate()
    {
        if (task.IsFaulted)
            loop.Report(TaskWatch.ErrorOf(task));
    }

    private sealed class PlainCall(EventLoop loop, Task task, Event e) : AsyncCall(loop, task, e)
    {
        private readonly Event _e = e;

        protected override void Succeed() => _e.Trigger();
    }

    private sealed class ResultCall<T>(EventLoop loop, Task<T> task, Event<T> e) : AsyncCall(loop, task, e.Unblocker)
    {
        protected override void Succeed() => e.Trigger(task.Result);
    }
}

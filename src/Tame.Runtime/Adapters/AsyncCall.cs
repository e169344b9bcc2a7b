namespace Tame;

/// <summary>
/// Follows the task of an asynchronous function that a loop called, so that its failure reaches the event of the call or the loop. While the task runs, it
/// counts as outside work.
/// </summary>
internal class AsyncCall(EventLoop loop, Task task, Event e) : Message
{
    private Event _e = e;

    /// <summary>The task is not a call of the loop's own.</summary>
    private bool _isOutside;

    /// <summary>Follows a call that completes its event itself. The event fails if the task fails.</summary>
    /// <param name="task">The task that the function returned.</param>
    /// <param name="e">The event that the function received, or an empty one.</param>
    public static void Follow(Task task, Event e) => new AsyncCall(LoopThread.Current!, Checked(task), e).Start();

    /// <summary>Follows a call without an event: the end of its task completes one.</summary>
    public static void Complete(Task task, Event e) => new PlainCall(LoopThread.Current!, Checked(task), e).Start();

    /// <inheritdoc cref="Complete(Task, Event)"/>
    public static void Complete<T>(Task<T> task, Event<T> e) => new ResultCall<T>(LoopThread.Current!, Checked(task), e).Start();

    /// <summary>The loop's thread handles the end of a task that ended on another thread.</summary>
    internal sealed override void Run(EventLoop loop) => Finish();

    /// <summary>The loop has ended before the task.</summary>
    internal sealed override void Drop(EventLoop loop) => FinishLate();

    /// <summary>
    /// The function has ended without a failure. This drops the event, because the thread on which the task ended may hold this object a little longer. The
    /// event is lost if nothing else holds it.
    /// </summary>
    protected virtual void Succeed() => _e = default;

    private static TTask Checked<TTask>(TTask? task)
        where TTask : Task =>
        task ?? throw new InvalidOperationException("The function passed to the event loop returned null instead of a task.");

    private void Start()
    {
        if (task.IsCompleted)
        {
            Finish();
            return;
        }
        _isOutside = !InvokedTask.TryWatch(task, loop);
        if (!_isOutside)
        {
            // On the loop's thread: otherwise the loop could end before a thread of the pool sends the message.
            InPlace.Continue(task, static (_, call) => ((AsyncCall)call!).TaskCompleted(), this);
            return;
        }
        loop.AddOutsideWork();
        (_e.Lifeline?.Source as Invocation)?.FollowFunction();
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

    /// <summary>A cancelled call may end with an OperationCanceledException. Every other failure that the event does not take is reported.</summary>
    private void Fail(Exception error)
    {
        if (!_e.Fail(error) && !(task.IsCanceled && _e != default))
            loop.Report(error);
    }

    private void FinishLate()
    {
        if (task.IsFaulted)
            loop.Report(TaskWatch.ErrorOf(task));
    }

    private sealed class PlainCall(EventLoop loop, Task task, Event e) : AsyncCall(loop, task, e)
    {
        protected override void Succeed() => _e.Trigger();
    }

    private sealed class ResultCall<T>(EventLoop loop, Task<T> task, Event<T> e) : AsyncCall(loop, task, e.Unblocker)
    {
        protected override void Succeed() => e.Trigger(task.Result);
    }
}

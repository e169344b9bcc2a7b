namespace Tame;

/// <summary>
/// Has code of ours called inside the completion of a task, on whatever thread that is. A continuation of <c>await</c> goes to the thread pool where a
/// synchronization context is current, as one is on the thread of a loop, and where the task's completion asks for that; this code runs nothing of the user's.
/// </summary>
internal sealed class InPlace : TaskScheduler
{
    private static readonly InPlace s_scheduler = new();

    /// <summary>Calls an action when a task, which need not be complete, has ended.</summary>
    public static void Continue(Task task, Action<Task, object?> action, object state)
    {
        var thread = Thread.CurrentThread;
        var context = ThreadContext.Take(thread);       // what the task captured would have to be allocated for
        try
        {
            _ = task.ContinueWith(
                action, state, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.HideScheduler, s_scheduler);
        }
        finally
        {
            ThreadContext.PutBack(thread, context);
        }
    }

    protected override void QueueTask(Task task) => TryExecuteTask(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}

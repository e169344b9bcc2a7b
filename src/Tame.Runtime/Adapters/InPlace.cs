namespace Tame;

/// <summary>
/// Calls runtime code inside the completion of a task, on any thread. A continuation of <c>await</c> would go to the thread pool if a synchronization context
/// is current, as on the thread of a loop, or if the task's completion asks for it. This code runs no user code.
/// </summary>
internal sealed class InPlace : TaskScheduler
{
    private static readonly InPlace s_scheduler = new();

    /// <summary>Calls an action when a task has ended, at once if it has already.</summary>
    public static void Continue(Task task, Action<Task, object?> action, object state)
    {
        var thread = Thread.CurrentThread;
        var context = ThreadContext.Take(thread);       // avoids the allocation for the context that the task would capture
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

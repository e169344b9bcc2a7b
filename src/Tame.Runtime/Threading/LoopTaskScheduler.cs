namespace Tame;

/// <summary>Runs tasks on a loop's thread, one after the other.</summary>
internal sealed class LoopTaskScheduler(EventLoop loop) : TaskScheduler
{
    public override int MaximumConcurrencyLevel => 1;

    protected override void QueueTask(Task task) => ObjectDisposedException.ThrowIf(!loop.TryPost(new PostedTask(this, task)), loop);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => (loop.IsRunningHere || loop.Leftovers.IsHere) && TryExecuteTask(task);

    /// <summary>Used by debuggers, which must not walk a queue that only the loop's thread may access.</summary>
    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private sealed class PostedTask(LoopTaskScheduler scheduler, Task task) : PostedWork
    {
        /// <summary>Only its scheduler can end a task, and only by running it.</summary>
        internal override void Drop(EventLoop loop) => RunOutside(loop);

        protected override void Invoke(EventLoop loop) => scheduler.TryExecuteTask(task);
    }
}

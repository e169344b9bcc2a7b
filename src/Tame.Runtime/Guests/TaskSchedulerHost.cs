namespace Tame.Guests;

/// <summary>Runs turns on a task scheduler that runs one task at a time.</summary>
internal sealed class TaskSchedulerHost(TaskScheduler scheduler) : EventLoopHost
{
    protected internal override bool IsHere => ReferenceEquals(TaskScheduler.Current, scheduler);

    /// <summary>A turn has its own execution context, so the context of the caller is not captured.</summary>
    protected internal override void Schedule(EventLoop loop)
    {
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _ = Task.Factory.StartNew(static turns => ((GuestTurns)turns!).TryRun(), loop.Guest, CancellationToken.None, TaskCreationOptions.None, scheduler);
    }
}

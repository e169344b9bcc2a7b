namespace Tame;

/// <summary>An operation that completes a task in place of an event. Nothing else would tell the task that the loop ends, so the end fails it.</summary>
internal abstract class TaskOperation(EventLoop loop) : Operation
{
    private Links<TaskOperation> _links;

    /// <summary>The loop ends: fails all that are under way.</summary>
    public static void FailAll(EventLoop loop)
    {
        while (loop.TaskOperations.First is { } operation)
            operation.Fail(Errors.LoopEndedOperation());
    }

    /// <summary>Waits.</summary>
    protected void Begin()
    {
        loop.TaskOperations.AddLast(this);
        Begin(default);
    }

    protected abstract override void EndWith(Exception error);

    /// <summary>Drops what the operation holds of its caller.</summary>
    protected abstract void ReleaseBuffer();

    protected sealed override void Release()
    {
        loop.TaskOperations.Remove(this);
        ReleaseBuffer();
    }

    /// <summary>The place of an operation among those of its loop.</summary>
    internal readonly struct InLoop : ILinks<TaskOperation>
    {
        public static ref Links<TaskOperation> Of(TaskOperation item) => ref item._links;
    }
}

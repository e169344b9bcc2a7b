namespace Tame.Stages;

/// <summary>A call that waits until a stage has stopped.</summary>
internal sealed class StopCall<T>
{
    public Event<IReadOnlyList<T>> Left { get; init; }

    public Event Stopped { get; init; }

    public TaskCompletionSource<IReadOnlyList<T>>? Task { get; init; }

    public void Complete(IReadOnlyList<T> left)
    {
        Left.Trigger(left);
        Stopped.Trigger();
        Task?.TrySetResult(left);
    }
}

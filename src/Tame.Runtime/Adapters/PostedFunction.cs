namespace Tame;

/// <summary>An asynchronous function for the loop's thread.</summary>
internal sealed class PostedFunction(Func<Task> function) : PostedWork
{
    internal override void Drop(EventLoop loop) => TameEventSource.Log.Dropped(function);

    protected override void Invoke(EventLoop loop) => AsyncCall.Follow(function(), default);
}

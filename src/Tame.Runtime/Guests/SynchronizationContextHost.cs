namespace Tame.Guests;

/// <summary>Runs turns on a synchronization context that runs one callback at a time.</summary>
internal sealed class SynchronizationContextHost(SynchronizationContext context) : EventLoopHost
{
    protected internal override bool IsHere => ReferenceEquals(SynchronizationContext.Current, context);

    protected internal override void Schedule(EventLoop loop) => context.Post(static turns => ((GuestTurns)turns!).TryRun(), loop.Guest);
}

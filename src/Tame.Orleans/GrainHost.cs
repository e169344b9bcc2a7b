using Orleans.Runtime;

namespace Tame.Orleans;

/// <summary>Runs a guest loop in the turns of an activation. The activation's scheduler runs one task at a time, though it does not declare that.</summary>
internal sealed class GrainHost(IGrainContext context, TaskScheduler scheduler, SiloLoops silo) : EventLoopHost
{
    protected override bool IsHere => ReferenceEquals(TaskScheduler.Current, scheduler);

    /// <summary>A turn has its own execution context, so the context of the caller is not captured.</summary>
    protected override void Schedule(EventLoop loop)
    {
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _ = Task.Factory.StartNew(static loop => ((EventLoop)loop!).RunTurn(), loop, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
    }

    /// <summary>
    /// Deactivates the grain. The failure is only in the text of the reason: with an exception as the reason, Orleans would fail the queued requests instead of
    /// passing them to the next activation.
    /// </summary>
    protected override void OnUnhandled(EventLoop loop, Exception error)
    {
        silo.LogUnhandled(context.GrainId, error);
        context.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, $"Tamed code of the grain failed, and the failure was not handled: {error}"));
    }
}

using Orleans.Runtime;

namespace Tame.Orleans;

/// <summary>Runs a guest loop in the turns of an activation. Its scheduler runs one task at a time, though it does not say so.</summary>
internal sealed class GrainHost(IGrainContext context, TaskScheduler scheduler, SiloLoops silo) : EventLoopHost
{
    protected override bool IsHere => ReferenceEquals(TaskScheduler.Current, scheduler);

    /// <summary>A turn has a context of its own, and keeps none of who asked for it.</summary>
    protected override void Schedule(EventLoop loop)
    {
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _ = Task.Factory.StartNew(static loop => ((EventLoop)loop!).RunTurn(), loop, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
    }

    /// <summary>The failure is the text of the reason: with an exception as the reason, Orleans would fail the requests that are queued, and not pass them to the next activation.</summary>
    protected override void OnUnhandled(EventLoop loop, Exception error)
    {
        silo.LogUnhandled(context.GrainId, error);
        context.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, $"Tamed code of the grain failed, and nothing handled it: {error}"));
    }
}

using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>Triggers one event when another of the same loop completes. It runs from the loop's chain, so that a million links need no stack. Pooled.</summary>
internal sealed class TriggerHook : UndoableHook
{
    private HookTarget _target;

    private TriggerHook(EventLoop loop) => Loop = loop;

    internal override bool IsPointless => _target.IsDone;

    public static TriggerHook Rent(EventLoop loop, Event target, Lifeline lifeline)
    {
        var hook = Unsafe.As<TriggerHook?>(loop.Pools.TriggerHooks.Rent()) ?? new TriggerHook(loop);
        hook.Aim(target, lifeline);
        return hook;
    }

    private void Aim(Event target, Lifeline lifeline)
    {
        Id = Loop!.Numbers.TakeWithoutEvent();
        _target = new HookTarget(target, lifeline);
    }

    internal override void Bind(Lifeline lifeline) => _target.Bind(lifeline);

    internal override Event TargetOf(Lifeline lifeline) => _target.Seen(lifeline);

    internal override void Completed(EventLoop loop)
    {
        Leave();
        loop.Chain(this);
    }

    internal override void Run(EventLoop loop)
    {
        var target = _target.Take();
        loop.Pools.TriggerHooks.Return(this);
        target.CompleteLink(null);
    }

    private protected override void Removed()
    {
        Leave();
        _target.Clear();
        Loop!.Pools.TriggerHooks.Return(this);
    }
}

/// <summary>
/// The event that a hook completes. If it shares its lifeline with the event that has the hook, only its number is held, because the lifeline would hide a
/// loss.
/// </summary>
internal struct HookTarget(Event target, Lifeline lifeline)
{
    private Event _target = ReferenceEquals(target.Lifeline, lifeline) ? new Event(null, target.Number) : target;

    private readonly bool IsUnbound => _target.Lifeline is null && _target.Number != 0;

    /// <summary>True if the target is known to be complete. An unbound target completes with the hook's own event at the latest.</summary>
    public readonly bool IsDone => !IsUnbound && !_target.IsPending;

    public void Bind(Lifeline lifeline)
    {
        if (IsUnbound)
            _target = new Event(lifeline, _target.Number);
    }

    /// <summary>The target as if it were bound to that lifeline.</summary>
    public readonly Event Seen(Lifeline lifeline) => IsUnbound ? new Event(lifeline, _target.Number) : _target;

    public Event Take()
    {
        var taken = _target;
        _target = default;
        return taken;
    }

    /// <summary>Drops the target. If it is complete, its lifeline may return to the pool here.</summary>
    public void Clear() => _ = Take().CellHere();
}

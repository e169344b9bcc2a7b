using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// The event of a <c>+</c>, Bind, or Map. Its completion is passed on to its target events from the loop's chain, so that a million links need no stack. When
/// no target is pending, this event is complete too.
/// </summary>
internal abstract class Adapter(EventLoop loop) : Source
{
    private Exception? _error;
    private int _targets;
    private bool _hasForeignTarget;

    public Event Make(object? target = null, nint offset = 0)
    {
        var lifeline = OpenFirst(loop, target, offset);
        var e = new Event(lifeline, First.Number);
        if (_targets == 0)
            Empty();    // the targets' loops have ended since
        else if (_hasForeignTarget)
            AdapterHook.Attach(e, new EndHook(this));
        return e;
    }

    internal sealed override void Complete(Lifeline lifeline, ref Cell cell, Exception? error)
    {
        lifeline.Release();
        _error = error;
        var hooks = cell.Close(loop);
        loop.Chain(this);
        if (hooks is not null)
            Hook.CallAll(hooks, loop);
    }

    internal sealed override LostEventException? Lose(long last)
    {
        GiveUp();
        return null;
    }

    internal sealed override void Run(EventLoop loop)
    {
        Propagate(_error);
        ClearTargets();
    }

    /// <summary>Completes the targets, each as a link of the chain.</summary>
    protected abstract void Propagate(Exception? error);

    /// <summary>Drops the references to the targets.</summary>
    protected abstract void ClearTargets();

    /// <summary>Undoes each <see cref="Follow"/>: the targets may be pending for long, and must not keep this object alive.</summary>
    protected abstract void Unfollow();

    /// <summary>Makes this event complete when the targets are complete.</summary>
    /// <returns>The argument for <see cref="Unfollow(Event, Hook)"/>.</returns>
    protected Hook Follow(Event target)
    {
        _targets++;
        if (ReferenceEquals(target.Loop, loop) || DetachedEvent.Is(target.Lifeline!))
        {
            var hook = new TargetHook(this);
            Event.OnCompleted(target, hook);
            return hook;
        }
        _hasForeignTarget = true;
        var foreign = new ForeignTargetHook(this);
        if (!AdapterHook.Attach(target, foreign))
            _targets--;
        return foreign;
    }

    protected static void Unfollow(Event target, Hook followed)
    {
        if (followed is UndoableHook undoable)
        {
            undoable.Registration.Dispose();
            return;
        }
        ref var cell = ref target.CellHere();
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref cell))
            followed.RemoveFrom(ref cell);
    }

    private void TargetCompleted()
    {
        if (--_targets == 0)
            Empty();
    }

    /// <summary>Called when nothing can complete this event, and so nothing can complete its targets through it.</summary>
    private void GiveUp()
    {
        if (!First.IsPending)
            return;
        Unfollow();
        Empty();
    }

    private void SendTargetCompleted() => loop.Send(new TargetMessage(this));

    private void Empty()
    {
        if (!First.IsPending)
            return;
        if (First.Close(loop) is { } hooks)
            Hook.CallAll(hooks, loop);
        ClearTargets();
    }

    private sealed class TargetHook(Adapter adapter) : Hook
    {
        internal override void Completed(EventLoop loop) => adapter.TargetCompleted();
    }

    /// <summary>Notifies the adapter's loop that a target on another loop has completed, or that its loop has ended.</summary>
    private sealed class ForeignTargetHook(Adapter adapter) : AdapterHook
    {
        protected override void EventCompleted(EventLoop loop) => adapter.SendTargetCompleted();
    }

    private sealed class TargetMessage(Adapter adapter) : Message
    {
        internal override void Run(EventLoop loop)
        {
            adapter.TargetCompleted();
            loop.DrainChain();
        }

        /// <summary>The end of the adapter's loop has completed its event.</summary>
        internal override void Drop(EventLoop loop)
        {
        }
    }

    /// <summary>Runs when the adapter's own loop ends. Targets on other loops may be kept for long, and must not seem to be reachable from here.</summary>
    private sealed class EndHook(Adapter adapter) : AdapterHook
    {
        protected override void EventCompleted(EventLoop loop)
        {
        }

        protected override void LoopEnded(EventLoop loop) => adapter.GiveUp();
    }
}

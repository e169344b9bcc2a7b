using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// Wants to know that one event completed, in whichever way; it sits on one event at a time. A hook must not hold the handle of the event
/// that it sits on, for then no loss of that event would ever be seen.
/// </summary>
internal abstract class Hook : Linked
{
    /// <summary>The event completed. Called once, on the loop's thread; may run no user code and complete no other event itself.</summary>
    internal abstract void Completed(EventLoop loop);

    /// <summary>Comes before <see cref="Completed"/> with the token of the event, for a hook that had to do without it.</summary>
    internal virtual void Bind(Token token)
    {
    }
}

/// <summary>Triggers one event when another completes; runs from the loop's chain, so that a million links need no stack.</summary>
internal sealed class TriggerHook : Hook
{
    private Event _target;

    /// <summary>The number of a target that shares its token with the event that this sits on: the token itself must not be held here.</summary>
    private long _own;

    public void Aim(Event target, Token token)
    {
        if (ReferenceEquals(target.Carrier, token))
            _own = target.Number;
        else
            _target = target;
    }

    internal override void Bind(Token token)
    {
        if (_own != 0)
            _target = new Event(token, _own);
    }

    internal override void Completed(EventLoop loop) => loop.Chain(this);

    internal override void Run(EventLoop loop)
    {
        var target = _target;
        _target = default;
        _own = 0;
        loop.TriggerHooks.Return(this);
        target.CompleteLink(null);
    }
}

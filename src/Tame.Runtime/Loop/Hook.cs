using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// Wants to know that one event completed, in whichever way; it sits on one event at a time. A hook must not hold the handle of the event
/// that it sits on, for then no loss of that event would ever be seen.
/// </summary>
internal abstract class Hook : Work
{
    /// <summary>The event completed. Called once, on the loop's thread; may run no user code and complete no other event itself.</summary>
    internal abstract void Completed(EventLoop loop);
}

/// <summary>Triggers one event when another completes; runs from the loop's chain, so that a million links need no stack.</summary>
internal sealed class TriggerHook : Hook
{
    public Event Target;

    internal override void Completed(EventLoop loop) => loop.Chain(this);

    internal override void Run(EventLoop loop)
    {
        var target = Target;
        Target = default;
        loop.TriggerHooks.Return(this);
        target.TriggerLink();
    }
}

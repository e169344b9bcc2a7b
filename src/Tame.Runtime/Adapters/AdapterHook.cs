using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// A hook that owes somebody outside the loop a word: it gets its call even where the loop ends and nobody cancels its event, so that no
/// registration outlives the loop.
/// </summary>
internal abstract class AdapterHook : Hook
{
    private AdapterHook? _before;
    private AdapterHook? _after;
    private bool _isLinked;
    private bool _isCalled;

    /// <summary>
    /// Has the hook called when the event completes, at once if it is complete. False, and the hook is not kept, when the event is empty or
    /// its loop has ended. <see cref="Event.Detached"/> and <see cref="Event.Ignored"/> never complete.
    /// </summary>
    public static bool Attach(Event e, AdapterHook hook)
    {
        if (e.Carrier is not { } token)
            return false;
        if (DetachedEvent.Is(token))
            return true;
        if (!LoopThread.Is(token.Loop))
            return token.Loop.Send(new ForeignHook(e, hook));
        hook.AttachHere(e, token.Loop);
        return true;
    }

    /// <summary>The loop ends: calls the hooks whose events nobody has cancelled.</summary>
    public static void CallAll(EventLoop loop)
    {
        while (loop.FirstAdapterHook is { } hook)
            hook.Completed(loop);
    }

    internal sealed override void Completed(EventLoop loop)
    {
        if (_isCalled)
            return;
        _isCalled = true;
        if (_isLinked)
            Unlink(ref loop.FirstAdapterHook);
        EventCompleted(loop);
    }

    /// <summary>The event completed; runs no user code and completes no other event.</summary>
    protected abstract void EventCompleted(EventLoop loop);

    private void AttachHere(Event e, EventLoop loop)
    {
        if (Event.OnCompleted(e, this))
            LinkBefore(ref loop.FirstAdapterHook);
        else
            Completed(loop);
    }

    private void LinkBefore(ref AdapterHook? first)
    {
        _isLinked = true;
        _after = first;
        if (first is not null)
            first._before = this;
        first = this;
    }

    private void Unlink(ref AdapterHook? first)
    {
        if (_after is not null)
            _after._before = _before;
        if (_before is null)
            first = _after;
        else
            _before._after = _after;
        _before = _after = null;
    }

    /// <summary>A hook on its way to the event's own loop.</summary>
    private sealed class ForeignHook(Event e, AdapterHook hook) : Linked
    {
        internal override void Run(EventLoop loop) => hook.AttachHere(e, loop);

        internal override void Drop(EventLoop loop) => hook.Completed(loop);
    }
}

/// <summary>Queues user code when its event completes, since none may run inside Trigger.</summary>
internal sealed class PostingHook(PostedWork work) : AdapterHook
{
    protected override void EventCompleted(EventLoop loop) => loop.AddReady(work);
}

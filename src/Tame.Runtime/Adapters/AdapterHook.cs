using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// A hook that must notify code outside the loop. It is called even if the loop ends while its event is pending, so that no registration outlives the loop.
/// </summary>
internal abstract class AdapterHook : UndoableHook
{
    /// <summary>Such a hook is used once, so one number is enough.</summary>
    private const long OnlyUse = 1;
    private Links<AdapterHook> _links;
    private bool _isLinked;

    protected AdapterHook() => Id = OnlyUse;

    /// <summary>
    /// Makes the event call the hook when it completes, or at once if it is complete. Returns false, without keeping the hook, if the event is empty or its
    /// loop has ended. <see cref="Event.Detached"/> and <see cref="Event.Ignored"/> never complete.
    /// </summary>
    public static bool Attach(Event e, AdapterHook hook)
    {
        if (e.Lifeline is not { } lifeline)
            return false;
        if (DetachedEvent.Is(lifeline))
            return true;
        hook.Loop = lifeline.Loop;
        if (!LoopThread.HasEntered(lifeline.Loop))
            return lifeline.Loop.Send(new HookMessage(e, hook));
        hook.AttachHere(e, lifeline);
        return true;
    }

    /// <summary>Called at the end of the loop. Calls the hooks whose events are still pending.</summary>
    public static void CallAll(EventLoop loop)
    {
        while (loop.AdapterHooks.First is { } hook)
            hook.End(loop);
    }

    internal sealed override void Completed(EventLoop loop)
    {
        if (LeaveLoop())
            EventCompleted(loop);
    }

    /// <summary>The event has completed. Implementations run no user code and complete no other event.</summary>
    protected abstract void EventCompleted(EventLoop loop);

    /// <summary>The loop ends before the event has completed. Implementations run no user code, and may complete events of other loops.</summary>
    protected virtual void LoopEnded(EventLoop loop) => EventCompleted(loop);

    /// <summary>The hook was undone. Implementations drop their references.</summary>
    protected virtual void Undone()
    {
    }

    private protected sealed override void Removed()
    {
        if (LeaveLoop())
            Undone();
    }

    private void End(EventLoop loop)
    {
        if (LeaveLoop())
            LoopEnded(loop);
    }

    private void AttachHere(Event e, Lifeline lifeline)
    {
        if (!IsInUse(OnlyUse))
            return;     // undone before the message arrived
        ref var cell = ref lifeline.Find(e.Number, out var source);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref cell))
        {
            Bind(lifeline);
            Completed(lifeline.Loop);
            return;
        }
        SitOn(source!, ref cell);
        lifeline.Loop.AdapterHooks.AddFirst(this);
        _isLinked = true;
    }

    /// <summary>Returns false if the hook has already been called or undone.</summary>
    private bool LeaveLoop()
    {
        if (!IsInUse(OnlyUse))
            return false;
        Leave();
        if (_isLinked)
            Loop!.AdapterHooks.Remove(this);
        _isLinked = false;
        return true;
    }

    /// <summary>The links of a hook in the list of its loop.</summary>
    internal readonly struct InLoop : ILinks<AdapterHook>
    {
        public static ref Links<AdapterHook> Of(AdapterHook item) => ref item._links;
    }

    /// <summary>Carries a hook to the event's own loop.</summary>
    private sealed class HookMessage(Event e, AdapterHook hook) : Message
    {
        internal override void Run(EventLoop loop)
        {
            hook.AttachHere(e, e.Lifeline!);
            loop.DrainChain();
        }

        internal override void Drop(EventLoop loop) => hook.End(loop);
    }
}

/// <summary>Queues user code when its event completes, because no user code may run inside Trigger.</summary>
internal sealed class PostingHook(PostedWork work) : AdapterHook
{
    private PostedWork? _work = work;

    protected override void EventCompleted(EventLoop loop) => loop.AddReady(_work!);

    protected override void Undone() => _work = null;
}

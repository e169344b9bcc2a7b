namespace Tame;

/// <summary>The loop that an object belongs to: the one on which it is first used, and the next one after that has ended.</summary>
internal struct OwnLoop()
{
    /// <summary>The loop on whose thread the object was created, for messages only.</summary>
    private readonly EventLoop? _maker = LoopThread.Current;
    private EventLoop? _loop;

    /// <summary>
    /// Checks that this is the thread of the object's loop. Returns true if the object now belongs to a new loop: then no waiter of the old one is left.
    /// </summary>
    public bool Enter(string what, out EventLoop loop)
    {
        Check(what);
        var here = LoopThread.Current;
        loop = here ?? throw Errors.NoLoopFor(what, _loop ?? _maker);
        bool isNew = !ReferenceEquals(_loop, here);
        _loop = here;
        return isNew;
    }

    /// <summary>Rejects a read of the object on another thread while its loop lives.</summary>
    public readonly void Check(string what)
    {
        if (_loop is { IsEnded: false } own && !ReferenceEquals(own, LoopThread.Current))
            throw Errors.WrongThread(what, own);
    }

    /// <summary>
    /// Returns false for an event that is empty or complete. Rejects an event of another thread's loop: when its turn came, only that loop could tell whether
    /// it is still pending, and an item given to a completed event would be lost.
    /// </summary>
    public readonly bool Admits(Event e)
    {
        if (e.Lifeline is not { } lifeline || !e.IsPending)
            return false;
        if (!ReferenceEquals(lifeline.Loop, _loop) && !DetachedEvent.Is(lifeline))
            throw Errors.WrongThread("This event", lifeline.Loop);
        return true;
    }
}

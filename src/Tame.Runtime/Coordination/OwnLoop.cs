namespace Tame;

/// <summary>The loop that an object belongs to: the one on which it is first used, and when that has ended, the next.</summary>
internal struct OwnLoop
{
    private EventLoop? _loop;

    /// <summary>Makes sure that this is the thread of the object's loop. True when it belongs to a new one: nobody of the old one is left.</summary>
    public bool Enter(string what, out EventLoop loop)
    {
        var here = LoopThread.Current;
        if (_loop is { IsEnded: false } own && !ReferenceEquals(own, here))
            throw Errors.WrongThread(what);
        loop = here ?? throw Errors.NoLoop();
        bool isNew = !ReferenceEquals(_loop, here);
        _loop = here;
        return isNew;
    }

    /// <summary>
    /// False for an event that is empty or complete. An event of another thread's loop is refused: when its turn came, only that loop could
    /// tell whether it is still pending, and what it was given would be lost where it is not.
    /// </summary>
    public readonly bool Admits(Event e)
    {
        if (e.Carrier is not { } token || !e.IsPending)
            return false;
        if (!ReferenceEquals(token.Loop, _loop) && !DetachedEvent.Is(token))
            throw Errors.WrongThread("This event");
        return true;
    }
}

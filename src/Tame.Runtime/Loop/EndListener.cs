namespace Tame;

/// <summary>An object that waits on a loop without an event, and so must be notified separately of the loop's end. Use it on the loop's thread.</summary>
internal abstract class EndListener(EventLoop loop)
{
    private Links<EndListener> _links;

    /// <summary>The loop ends. Notifies all listeners.</summary>
    public static void TellAll(EventLoop loop)
    {
        while (loop.EndListeners.First is { } listener)
            listener.LoopEnds();
    }

    public void Listen() => loop.EndListeners.AddLast(this);

    public void Stop() => loop.EndListeners.Remove(this);

    /// <summary>The loop ends. Implementations stop listening and run no user code.</summary>
    protected abstract void LoopEnds();

    /// <summary>The links of a listener in the list of its loop.</summary>
    internal readonly struct InLoop : ILinks<EndListener>
    {
        public static ref Links<EndListener> Of(EndListener item) => ref item._links;
    }
}

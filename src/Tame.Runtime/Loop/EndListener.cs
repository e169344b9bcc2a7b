namespace Tame;

/// <summary>What waits on a loop without an event, and so has to be told in another way that the loop ends. For the loop's thread.</summary>
internal abstract class EndListener(EventLoop loop)
{
    private Links<EndListener> _links;

    /// <summary>The loop ends: tells all that listen.</summary>
    public static void TellAll(EventLoop loop)
    {
        while (loop.EndListeners.First is { } listener)
            listener.LoopEnds();
    }

    public void Listen() => loop.EndListeners.AddLast(this);

    public void Stop() => loop.EndListeners.Remove(this);

    /// <summary>The loop ends: stops to listen. Runs no user code.</summary>
    protected abstract void LoopEnds();

    /// <summary>The place of a listener among those of its loop.</summary>
    internal readonly struct InLoop : ILinks<EndListener>
    {
        public static ref Links<EndListener> Of(EndListener item) => ref item._links;
    }
}

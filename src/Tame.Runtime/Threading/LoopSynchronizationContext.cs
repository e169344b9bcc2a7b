namespace Tame;

/// <summary>Runs code on a loop's thread for code that uses synchronization contexts: <c>await</c>, and libraries with callbacks.</summary>
internal sealed class LoopSynchronizationContext(EventLoop loop) : SynchronizationContext
{
    /// <summary>
    /// Never throws for a loop that has ended, because an <c>await</c> that resumes too late has no caller to throw to. It continues elsewhere.
    /// </summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);
        var callback = new PostedCallback(d, state);
        if (!loop.TryPost(callback))
            loop.Leftovers.Add(callback);
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);
        if (loop.IsOwnThread)
        {
            ObjectDisposedException.ThrowIf(loop.IsEnded, loop);
            d(state);
            return;
        }
        if (loop.IsGuest)
            throw Errors.NoSendToGuest(loop);
        var callback = new SentCallback(d, state);
        ObjectDisposedException.ThrowIf(!loop.TryPost(callback), loop);
        callback.Wait(loop);
    }

    public override SynchronizationContext CreateCopy() => this;

    public override void OperationStarted() => loop.AddOutsideWork();

    public override void OperationCompleted() => loop.RemoveOutsideWork();
}

namespace Tame.Stages;

/// <summary>A connection or a listener that may become ready in a <see cref="SocketStage"/>. It has a place in the queue, and is in it at most once. On the loop's thread.</summary>
internal abstract class SocketSource(SocketStage stage)
{
    private bool _isQueued;

    protected SocketStage Stage => stage;

    /// <summary>Its turn has come.</summary>
    public void ServeReady()
    {
        _isQueued = false;
        Serve();
    }

    protected void BecomeReady()
    {
        if (_isQueued)
            return;
        _isQueued = true;
        stage.Queues.AddReady(this);
    }

    protected abstract void Serve();
}

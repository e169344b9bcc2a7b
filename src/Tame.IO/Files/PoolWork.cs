namespace Tame.IO;

/// <summary>
/// A call that may block, made on the thread pool for an event of a loop. It is a hook on that event. The result comes back through the loop's inbox, and only the loop's thread touches objects that
/// belong to the caller. So a call whose event something else has completed touches none of them (decision 0037).
/// </summary>
internal abstract class PoolWork : Hook, IThreadPoolWorkItem
{
    private readonly EventLoop _loop;
    private readonly Arrival _arrival;
    private Event _event;
    private Exception? _error;
    private bool _isCounted;

    /// <summary>The event is complete. Set on the loop's thread.</summary>
    private volatile bool _isOver;

    protected PoolWork(EventLoop loop)
    {
        _loop = loop;
        _arrival = new Arrival(this);
    }

    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            if (!_isOver)
                RunOnPool();
        }
        catch (Exception error)
        {
            _error = error;
        }
        if (!_loop.Send(_arrival))
            Drop();
    }

    internal sealed override void Completed(EventLoop loop)
    {
        if (_isOver)
            return;
        _isOver = true;
        StopCounting();
        var e = _event;
        _event = default;
        e.ReturnLifeline();
    }

    /// <summary>Begins, for a pending event of this loop.</summary>
    protected void Start(Event e)
    {
        Prepare(e);
        Queue();
    }

    /// <summary>Takes the event. <see cref="Queue"/> begins the call later.</summary>
    protected void Prepare(Event e)
    {
        _event = e;
        Event.OnCompleted(e, this);
        _isCounted = true;
        _loop.AddOutsideWork(isRunning: true);
    }

    /// <summary>Queues <see cref="RunOnPool"/> on the pool.</summary>
    protected void Queue() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>The call, on the pool. Its exception fails the event.</summary>
    protected abstract void RunOnPool();

    /// <summary>The call has returned, and the event is pending: completes the event, or calls <see cref="Queue"/> again. On the loop's thread.</summary>
    /// <returns>True if <see cref="Succeed"/> should complete the event.</returns>
    protected virtual bool Continue() => true;

    /// <summary>Completes the event.</summary>
    protected abstract void Succeed(Event e);

    /// <summary>Something else completed the event, or the loop has ended: drops the result.</summary>
    protected virtual void Abandon()
    {
    }

    /// <summary>The call on the pool has ended, and no other begins. Called once, after <see cref="Abandon"/> and before the event is completed.</summary>
    protected virtual void Over()
    {
    }

    private void Arrive()
    {
        if (_isOver)
        {
            Drop();
            return;
        }
        if (_error is null && !Continue())
            return;
        StopCounting();
        _isOver = true;
        var e = _event;
        _event = default;
        Over();
        if (_error is { } error)
            e.Fail(error);
        else
            Succeed(e);
    }

    private void Drop()
    {
        if (_error is null)
            Abandon();
        Over();
    }

    private void StopCounting()
    {
        if (_isCounted)
            _loop.RemoveOutsideWork(isRunning: true);
        _isCounted = false;
    }

    /// <summary>Returns a call to the loop.</summary>
    private sealed class Arrival(PoolWork work) : Message
    {
        internal override void Run(EventLoop loop) => work.Arrive();

        internal override void Drop(EventLoop loop) => work.Drop();
    }
}

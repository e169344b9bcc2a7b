namespace Tame.Stages;

/// <summary>A listener of a <see cref="SocketStage"/>. It accepts one connection at a time, if there is a place for one and the sink has taken the previous one. On the loop's thread.</summary>
internal sealed partial class ListenSource : SocketSource
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private readonly Listener _listener;
    private readonly Event _closed;
    private readonly Outlet<Connection> _outlet;
    private Connection? _accepted;
    private Exception? _error;
    private Event _wait;
    private bool _hasPlace;
    private bool _isOver;

    public ListenSource(SocketStage stage, Listener listener, Stage<Connection> sink, Event closed)
        : base(stage)
    {
        (_listener, _closed) = (listener, closed);
        _outlet = new Outlet<Connection>(Settled) { Sink = sink };
    }

    /// <summary>Accepts the next connection, or waits for a place.</summary>
    public void GoOn()
    {
        if (_isOver)
            return;
        if (!_hasPlace && !Stage.Queues.TryReserve())
        {
            Stage.Pause(this);
            return;
        }
        _hasPlace = true;
        Accept();
    }

    /// <summary>Closes the listener. A connection that the sink has not taken is aborted.</summary>
    public void End(Exception? error)
    {
        if (_isOver)
            return;
        _isOver = true;
        _listener.Dispose();
        _wait.Trigger();
        if (_outlet.TryTakeBack(out var connection))
            Stage.Abort(connection);
        if (_hasPlace)
            Stage.Queues.Release();
        if (error is null)
            _closed.Trigger();
        else
            Unhandled.Fail(_closed, error);
        Stage.Remove(this);
    }

    protected override void Serve()
    {
        if (_isOver)
        {
            _accepted?.Dispose();
        }
        else if (_accepted is { } connection)
        {
            _accepted = null;
            _hasPlace = false;
            Stage.Add(connection);
            if (_outlet.Offer(connection))
                GoOn();
        }
        else
        {
            Recover();
        }
    }

    /// <summary>An accept has failed.</summary>
    private void Recover()
    {
        var error = _error;
        _error = null;
        if (AcceptFailures.MustPause(error))
            GoOnLater();
        else if (AcceptFailures.MayGoOn(error))
            GoOn();
        else
            End(error is ObjectDisposedException or OperationCanceledException ? null : error);
    }

    private void Settled()
    {
        if (_outlet.IsOver)
            End(null);
        else
            GoOn();
    }

    [Tamed]
    private partial void Accept();

    private void AcceptBody()
    {
        try
        {
            var admission = EventLoop.Current!.Admission;
            if (!admission.IsOpen)
                twait(e => admission.Wait(_wait = e));
            if (!_isOver)
                using (twait())
                    Accept(mkevent(out _accepted));
        }
        catch (Exception error)
        {
            _error = error;
        }
        _wait = default;
        if (_isOver)
            _accepted?.Dispose();       // accepted just as the listener was closed
        else
            BecomeReady();
    }

    private void Accept(Event<Connection> accepted)
    {
        _wait = accepted.Unblocker;
        _listener.Accept(accepted);
    }

    [Tamed]
    private partial void GoOnLater();

    private void GoOnLaterBody()
    {
        try
        {
            twait(e => timer(s_pause, _wait = e));
        }
        finally
        {
            GoOn();
        }
    }
}

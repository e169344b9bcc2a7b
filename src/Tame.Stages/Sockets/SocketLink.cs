namespace Tame.Stages;

/// <summary>A connection of a <see cref="SocketStage"/>. On the loop's thread, unless a member says otherwise.</summary>
internal sealed partial class SocketLink(SocketStage stage, Connection connection) : SocketSource(stage)
{
    private readonly List<Event> _closed = [];
    private bool _isClosing;
    private bool _hasLeft;

    public Connection Connection => connection;

    /// <summary>The stage has closed the connection.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>A connection that was already closed when the stage got it: all requests for it fail.</summary>
    public static SocketLink Dead(SocketStage stage, Connection connection) => new(stage, connection) { IsClosed = true, _hasLeft = true };

    /// <summary>Closes the connection when everything that was accepted is sent.</summary>
    public void Close(Event closed)
    {
        if (IsClosed)
        {
            closed.Trigger();
            return;
        }
        _closed.Add(closed);
        _isClosing = true;
        if (!_isSending)
            End(SocketPacketKind.Closed, null);
    }

    /// <summary>Closes the connection at once; writes that were accepted fail with the error.</summary>
    public void Abort(Event closed, Exception? error = null)
    {
        if (!IsClosed)
        {
            _closed.Add(closed);
            connection.Abort();
            End(SocketPacketKind.Closed, error);
        }
        else
        {
            closed.Trigger();
        }
    }

    /// <summary>Aborts the connection, and takes back the items that its sink has not got. If the loop ends, the sink gets nothing more.</summary>
    public void GiveUp(Exception error, bool isLoopEnd)
    {
        if (isLoopEnd)
            TakeBack(Stage.Untaken);
        Abort(default, error);
        TakeBack(Stage.Untaken);
        Leave();
    }

    protected override void Serve()
    {
        if (IsClosed)
            return;
        ServeWriting();
        ServeReading();
    }

    private void Fail(Exception error)
    {
        connection.Abort();
        End(SocketPacketKind.Failed, error);
    }

    private void End(SocketPacketKind kind, Exception? error)
    {
        IsClosed = true;
        connection.Dispose();
        FailWrites(error ?? NetworkErrors.Closed(connection, "connection"));
        foreach (var closed in _closed)
            closed.Trigger();
        _closed.Clear();
        EndReading(kind, kind == SocketPacketKind.Failed ? error : null);
        Leave();
    }

    /// <summary>The stage removes a connection that is closed, and whose sink has all items or takes no more.</summary>
    private void Leave()
    {
        if (_hasLeft || !IsClosed || !IsReadingDone)
            return;
        _hasLeft = true;
        TakeBack(Stage.Untaken);
        Stage.Remove(this);
    }
}

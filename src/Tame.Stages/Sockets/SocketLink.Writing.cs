namespace Tame.Stages;

/// <summary>Writes to a connection: one write after the other, in the order of the requests.</summary>
internal sealed partial class SocketLink
{
    private readonly Queue<SocketWrite> _writes = new();
    private long _unsent;

    /// <summary>The first write is in progress, or waits for its turn.</summary>
    private bool _isSending;
    private bool _maySend;
    private bool _hasSent;
    private Exception? _sendError;

    /// <summary>Any thread. Reserves a part of the bytes that may be unsent.</summary>
    public bool TryClaim(int count)
    {
        long unsent = Interlocked.Add(ref _unsent, count);
        if (unsent <= Stage.MaxUnsent || unsent == count)
            return true;
        Interlocked.Add(ref _unsent, -count);
        return false;
    }

    /// <summary>Any thread. Bytes are sent, or were refused.</summary>
    public void Unclaim(int count) => Interlocked.Add(ref _unsent, -count);

    public void Write(in SocketWrite write)
    {
        if (IsClosed || _isClosing)
        {
            Unclaim(write.Bytes.Length);
            Stage.CountFailed();
            Stage.Measure(write.Times);
            write.Fail(NetworkErrors.Closed(connection, "connection"));
            return;
        }
        _writes.Enqueue(write);
        if (!_isSending)
            SendNext();
    }

    private void ServeWriting()
    {
        if (_sendError is { } failed)
        {
            Fail(failed);
        }
        else if (_hasSent)
        {
            _hasSent = false;
            CompleteWrite();
        }
        else if (_maySend)
        {
            _maySend = false;
            SendNext();
        }
    }

    /// <summary>Sends as much of the first write as the system takes at once.</summary>
    private void SendNext()
    {
        var bytes = _writes.Peek().Bytes;
        int count = 0;
        try
        {
            if (!bytes.IsEmpty)
                connection.TrySend(bytes.Span, out count);
        }
        catch (Exception error)
        {
            Fail(error);
            return;
        }
        if (count == bytes.Length)
        {
            CompleteWrite();
            return;
        }
        _isSending = true;
        SendRest(bytes[count..]);
    }

    [Tamed]
    private partial void SendRest(ReadOnlyMemory<byte> rest);

    private void SendRestBody(ReadOnlyMemory<byte> rest)
    {
        try
        {
            twait(e => connection.Send(rest, e));
        }
        catch (Exception error)
        {
            _sendError = error;
        }
        if (IsClosed)
            return;
        _hasSent = true;
        BecomeReady();
    }

    /// <summary>The first write is sent. The next one waits for its turn.</summary>
    private void CompleteWrite()
    {
        var write = _writes.Dequeue();
        Unclaim(write.Bytes.Length);
        Stage.CountSent(write.Bytes.Length);
        Stage.Measure(write.Times);
        write.Complete();
        _isSending = _writes.Count != 0;
        if (_isSending)
        {
            _maySend = true;
            BecomeReady();
        }
        else if (_isClosing)
        {
            End(SocketPacketKind.Closed, null);
        }
    }

    private void FailWrites(Exception error)
    {
        while (_writes.TryDequeue(out var write))
        {
            Unclaim(write.Bytes.Length);
            Stage.CountFailed();
            Stage.Measure(write.Times);
            write.Fail(error);
        }
    }
}

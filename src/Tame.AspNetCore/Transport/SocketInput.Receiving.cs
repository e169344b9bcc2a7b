using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Tame.IO;

namespace Tame.AspNetCore;

/// <summary>Receiving.</summary>
internal sealed partial class SocketInput
{
    /// <summary>The number of reads in a row that may receive without a wait, so that one busy peer does not starve the others.</summary>
    private const int Patience = 16;

    /// <summary>A block with less room than this is not used to receive.</summary>
    private const int LeastRoom = 2048;

    private readonly Readiness _readable;
    private int _left;
    private bool _wasFull;
    private bool _isPaused;
    private bool _isClosed;

    /// <summary>Whether the last receive filled its buffer. If so, more data is probably waiting.</summary>
    private bool MayTry => _wasFull && _left > 0 && !_isPaused && CanReceive && !_wait.HasContinuation;

    private bool CanReceive => !_isClosed && !_hasEnded && _error is null;

    /// <summary>Waits for the socket, unless the limit is reached or the input has ended. For the loop's thread.</summary>
    public void Watch()
    {
        bool watches;
        lock (_gate)
        {
            _isPaused = CanReceive && _received - _examined >= _connection.Limits.Read;
            watches = CanReceive && !_isPaused;
        }
        if (!watches)
        {
            _readable.Stop();
            return;
        }
        try
        {
            _readable.Wait();
        }
        catch (IOException error)
        {
            _connection.ShutDown(error);
        }
    }

    /// <summary>Ends receiving, because the connection is closed. Any thread may call it. No receive is in progress when it returns.</summary>
    public void Close(Exception reason)
    {
        Resumption resumption;
        lock (_gate)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            if (!_hasEnded)
                _error ??= reason;
            resumption = _wait.Signal();
        }
        resumption.Post(_connection.Loop);
    }

    /// <summary>The connection stops waiting for its socket. For the loop's thread.</summary>
    public void StopWatching() => _readable.Stop();

    private void GoOn()
    {
        Resumption resumption;
        lock (_gate)
        {
            _left = Patience;
            resumption = CanReceive ? Receive() : default;
        }
        resumption.Run();
        Watch();
    }

    /// <summary>Receives once. Called inside the gate.</summary>
    private Resumption Receive()
    {
        _left--;
        if (_isCompleted)
            return ReceiveAndDrop();
        var tail = _tail is { FreeCount: >= LeastRoom } ? _tail : null;
        var segment = tail ?? Segment.Rent(ref _spare, _connection.MemoryPool, _received, 0, isLarge: _wasFull);
        int room = segment.FreeCount;
        int count = StreamCalls.Receive(_connection.Socket, segment.Free.Span, out var error);
        _wasFull = count == room;
        if (count == 0)
        {
            if (tail is null)
                segment.Return(ref _spare);
            return error == SocketError.WouldBlock ? default : End(error);
        }
        if (tail is null)
            Add(segment);
        segment.Advance(count);
        var resumption = _wait.Signal();
        Volatile.Write(ref _received, _received + count);
        return resumption;
    }

    /// <summary>Ends a pause if enough was examined to receive again.</summary>
    private bool MayResume()
    {
        if (!_isPaused || _received - _examined >= Math.Max(1, _connection.Limits.Read / 2))
            return false;
        _isPaused = false;
        return true;
    }

    private void Add(Segment segment)
    {
        if (_tail is null)
            _head = segment;
        else
            _tail.Append(segment);
        _tail = segment;
    }

    /// <summary>Called when the reader is complete. Later bytes only show that the peer is still connected.</summary>
    private Resumption ReceiveAndDrop()
    {
        Span<byte> room = stackalloc byte[LeastRoom];
        int count = StreamCalls.Receive(_connection.Socket, room, out var error);
        return count == 0 && error == SocketError.WouldBlock ? default : End(error);
    }

    private Resumption End(SocketError error)
    {
        if (error == SocketError.Success)
            _hasEnded = true;
        else
            _error = SocketConnection.ErrorOf(error);
        _connection.OnInputEnded(_error);
        return _wait.Signal();
    }
}

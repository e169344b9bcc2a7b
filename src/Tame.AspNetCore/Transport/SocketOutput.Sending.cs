using System.Buffers;
using System.Net.Sockets;
using Tame.IO;

namespace Tame.AspNetCore;

/// <summary>Sending.</summary>
internal sealed partial class SocketOutput
{
    private readonly Readiness _writable;
    private bool _isBlocked;
    private bool _isClosed;

    private long Unsent => _flushed - _sent;

    /// <summary>Waits until the socket takes more. For the loop's thread.</summary>
    public void Watch()
    {
        lock (_gate)
        {
            if (_isClosed || !_isBlocked)
                return;
        }
        try
        {
            _writable.Wait();
        }
        catch (IOException error)
        {
            _connection.ShutDown(error);
        }
    }

    /// <summary>Ends sending, because the connection is closed. Any thread may call it. No send is in progress when it returns.</summary>
    public void Close()
    {
        Resumption resumption;
        lock (_gate)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            _sent = _flushed;
            if (!_isWriting)
                ReturnAll();
            resumption = _wait.Signal();
        }
        resumption.Post(_connection.Loop);
    }

    /// <summary>The connection stops waiting for its socket. For the loop's thread.</summary>
    public void StopWatching() => _writable.Stop();

    private void GoOn()
    {
        Resumption resumption = default;
        Outcome outcome;
        lock (_gate)
        {
            _isBlocked = false;
            outcome = Send();
            if (Unsent < _connection.Limits.Write / 2 && !_wait.IsSignalled)
                resumption = _wait.Signal();
        }
        After(outcome);
        resumption.Run();
    }

    /// <summary>Sends as many flushed bytes as the socket takes, unless the socket is known to take nothing. Called inside the gate.</summary>
    private Outcome Send()
    {
        bool wasBlocked = _isBlocked;
        while (Unsent > 0 && !_isBlocked && !_isClosed)
        {
            long count = SendOnce(out var error);
            _sent += count;
            if (error == SocketError.WouldBlock)
                _isBlocked = true;
            else if (error != SocketError.Success)
                return new Outcome(SocketConnection.ErrorOf(error), IsOver: true, IsBlocked: false);
            ReturnSent();
        }
        if (_isClosed)
        {
            _sent = _flushed;
            ReturnSent();
        }
        if (Unsent >= _connection.Limits.Write)
            _wait.IsSignalled = false;
        return new Outcome(null, IsOver: _isCompleted && Unsent == 0, IsBlocked: _isBlocked && !wasBlocked);
    }

    private long SendOnce(out SocketError error)
    {
        var (head, tail) = (_head!, _tail!);
        int from = (int)(_sent - head.RunningIndex);
        if (head.End >= _flushed)
            return StreamCalls.Send(_connection.Socket, head.Memory.Span[from..(int)(_flushed - head.RunningIndex)], out error);
        if (tail.RunningIndex > _flushed)
        {
            for (tail = head; tail.End < _flushed;)
                tail = tail.Following!;
        }
        return StreamCalls.Send(_connection.Socket, new ReadOnlySequence<byte>(head, from, tail, (int)(_flushed - tail.RunningIndex)), out error);
    }

    /// <summary>Runs the actions that must run outside the gate.</summary>
    private void After(Outcome outcome)
    {
        if (outcome.IsOver)
            _connection.ShutDown(outcome.Error);
        else if (outcome.IsBlocked)
            _connection.RunOnLoop(_connection.WatchOutput);
    }

    /// <summary>Returns the memory of sent bytes. Keeps the last segment while the application writes to it.</summary>
    private void ReturnSent()
    {
        while (_head is { } head && head.End <= _sent && (!ReferenceEquals(head, _tail) || !_isWriting))
        {
            _head = head.Following;
            head.Return(ref _spare);
        }
        if (_head is null)
            _tail = null;
    }

    private void ReturnAll()
    {
        while (_head is { } head)
        {
            _head = head.Following;
            head.Return(ref _spare);
        }
        _tail = null;
        _flushed = _written;
        _sent = _written;
    }

    /// <summary>The outcome of sending.</summary>
    /// <param name="Error">The reason why the connection is over; null if everything was sent.</param>
    /// <param name="IsOver">Whether to close the connection.</param>
    /// <param name="IsBlocked">The socket takes no more, and nothing waits for it yet.</param>
    private readonly record struct Outcome(Exception? Error, bool IsOver, bool IsBlocked);
}

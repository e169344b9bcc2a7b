using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>
/// A .NET stream as a connection of one direction, read or written on the thread pool. It buffers at most one chunk of bytes. For files, which are always ready, and for systems other than Linux.
/// </summary>
internal sealed class PooledStreamConnection : Connection
{
    private const int ChunkSize = 64 * 1024;
    private readonly Stream _stream;
    private readonly StreamName _name;
    private readonly bool _canReceive;
    private readonly byte[] _chunk = GC.AllocateUninitializedArray<byte>(ChunkSize);
    private readonly Turn _turn;
    private readonly Signal _readable;
    private int _first, _end;
    private bool _isOnPool, _isWaiting, _isAtEnd, _closesAfterwards;
    private Exception? _error;

    public PooledStreamConnection(Stream stream, string name, bool canReceive)
    {
        (_stream, _name, _canReceive) = (stream, new StreamName(name), canReceive);
        _turn = new Turn(this);
        _readable = new Signal(Loop, OnReadable);
    }

    public override EndPoint? LocalEndPoint => null;

    public override EndPoint? RemoteEndPoint => _name;

    public override int GetSocketOption(SocketOptionLevel level, SocketOptionName name) => throw StreamName.NoOption();

    public override void SetSocketOption(SocketOptionLevel level, SocketOptionName name, int value) => throw StreamName.NoOption();

    protected override int ReceiveCore(Span<byte> buffer, out SocketError error)
    {
        if (!_canReceive)
            throw _name.CannotReceive();
        error = _first != _end || _isAtEnd ? SocketError.Success : _error is not null ? SocketError.ConnectionAborted : SocketError.WouldBlock;
        if (error == SocketError.WouldBlock)
            StartTurn();
        int count = Math.Min(buffer.Length, _end - _first);
        _chunk.AsSpan(_first, count).CopyTo(buffer);
        _first += count;
        return count;
    }

    protected override int SendCore(ReadOnlySpan<byte> buffer, out SocketError error)
    {
        if (_canReceive)
            throw _name.CannotSend();
        error = _error is not null ? SocketError.ConnectionReset : _isOnPool ? SocketError.WouldBlock : SocketError.Success;
        if (error != SocketError.Success)
            return 0;
        _end = Math.Min(buffer.Length, ChunkSize);
        buffer[.._end].CopyTo(_chunk);
        StartTurn();
        return _end;
    }

    protected override void CloseSendCore()
    {
        if (_canReceive)
            throw _name.CannotSend();
        CloseCore(isAbort: false);
    }

    /// <summary>Bytes that were sent are still written to the stream. A read that blocks is not interrupted: it ends when the other side closes.</summary>
    protected override void CloseCore(bool isAbort)
    {
        if (_isOnPool && !_canReceive && !isAbort)
            _closesAfterwards = true;
        else
            _stream.Dispose();
    }

    protected override void WaitToReceive()
    {
        if (!_canReceive)
            throw _name.CannotReceive();
        if (_first != _end || _isAtEnd || _error is not null)
        {
            _readable.Set();
            return;
        }
        StartTurn();
        StartWait();
    }

    protected override void StopWaitToReceive() => StopWait();

    protected override void WaitToSend()
    {
        if (_canReceive)
            throw _name.CannotSend();
        StartWait();
    }

    protected override void StopWaitToSend() => StopWait();

    private void StartTurn()
    {
        if (_isOnPool)
            return;
        _isOnPool = true;
        ThreadPool.UnsafeQueueUserWorkItem(_turn, preferLocal: false);
    }

    private void StartWait()
    {
        _isWaiting = true;
        Loop.AddOutsideWork();
    }

    private void StopWait()
    {
        if (_isWaiting)
            Loop.RemoveOutsideWork();
        _isWaiting = false;
    }

    private void EndTurn(int count, Exception? error)
    {
        _isOnPool = false;
        _error = error;
        if (_canReceive)
        {
            (_first, _end) = (0, count);
            _isAtEnd = count == 0 && error is null;
        }
        if (_closesAfterwards)
            _stream.Dispose();
        if (!_isWaiting)
            return;
        StopWait();
        if (_canReceive)
            OnReadable();
        else
            OnWritable();
    }

    /// <summary>One read or write on the pool, and its return to the loop.</summary>
    private sealed class Turn(PooledStreamConnection connection) : Message, IThreadPoolWorkItem
    {
        private int _count;
        private Exception? _error;

        public void Execute()
        {
            try
            {
                if (connection._canReceive)
                    _count = connection._stream.Read(connection._chunk);
                else
                    Write();
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException or UnauthorizedAccessException or OperationCanceledException)
            {
                _error = error;
            }
            if (!connection.Loop.Send(this) && connection._closesAfterwards)
                connection._stream.Dispose();
        }

        internal override void Run(EventLoop loop) => connection.EndTurn(_count, _error);

        internal override void Drop(EventLoop loop)
        {
            if (connection._closesAfterwards)
                connection._stream.Dispose();
        }

        private void Write()
        {
            connection._stream.Write(connection._chunk, 0, connection._end);
            connection._stream.Flush();
        }
    }
}

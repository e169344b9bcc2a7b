using System.Buffers;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Tame;

/// <summary>The current send of a connection: of a buffer, of a sequence of buffers, or of a part of a file, by its handle or in chunks.</summary>
internal sealed class SendOperation(Connection connection) : Operation
{
    private ReadOnlyMemory<byte> _buffer;
    private ReadOnlySequence<byte> _buffers;
    private FilePart? _file;
    private FileWindow? _window;

    /// <summary>The number of bytes sent so far.</summary>
    private long _sent;

    /// <summary>Sends the rest of a buffer of which a part was sent.</summary>
    public void Start(ReadOnlyMemory<byte> rest, int before, LoopHandle sent)
    {
        _buffer = rest;
        _sent = before;
        Begin(sent);
    }

    public void Start(in ReadOnlySequence<byte> buffers, LoopHandle sent)
    {
        _buffers = buffers;
        Start(sent);
    }

    public void Start(SafeFileHandle file, long offset, long count, LoopHandle sent)
    {
        _file = new FilePart(file, offset, count);
        Start(sent);
    }

    public void Start(RandomAccessFile file, long offset, long count, LoopHandle sent)
    {
        _window = new FileWindow(file, offset, count);
        Start(sent);
    }

    protected override bool Attempt()
    {
        var error = SendMore(out bool isAll);
        if (!isAll && error is SocketError.Success or SocketError.WouldBlock)
            return false;
        connection.FinishSend(End(), error);
        return true;
    }

    protected override void StartWaiting()
    {
        if (_window is { NeedsRead: true })
            _window.Read(this);
        else
            connection.StartWaitingToSend();
    }

    protected override void StopWaiting()
    {
        if (_window is not { NeedsRead: true })
            connection.StopWaitingToSend();
    }

    protected override void Abandoned()
    {
        if (_sent != 0)
            connection.NoteBrokenOff(_sent);
    }

    protected override void Release()
    {
        _buffer = default;
        _buffers = default;
        _file = null;
        _window?.Release();
        _window = null;
        _sent = 0;
    }

    private void Start(LoopHandle sent)
    {
        if (TakeTry(connection.Loop, Patience.Sends))
        {
            SocketError result;
            bool isAll;
            try
            {
                result = SendMore(out isAll);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                Release();
                sent.Fail(error);
                return;
            }
            if (isAll || result is not (SocketError.Success or SocketError.WouldBlock))
            {
                Release();
                connection.FinishSend(sent, result);
                return;
            }
        }
        Begin(sent);
    }

    /// <summary>Sends as much as possible without blocking.</summary>
    private SocketError SendMore(out bool isAll)
    {
        SocketError error;
        if (_file is { } file)
        {
            long part = connection.SendFile(file.Handle, file.Offset, file.Count, out error);
            _sent += part;
            _file = file with { Offset = file.Offset + part, Count = file.Count - part };
            isAll = file.Count == part;
        }
        else if (_window is { } window)
        {
            error = SocketError.WouldBlock;
            if (window.TryFill())
            {
                int part = connection.Send(window.Bytes, out error);
                _sent += part;
                window.Advance(part);
            }
            isAll = window.IsSent;
        }
        else if (_buffers.IsEmpty)
        {
            int part = connection.Send(_buffer.Span, out error);
            _sent += part;
            _buffer = _buffer[part..];
            isAll = _buffer.IsEmpty;
        }
        else
        {
            long part = connection.Send(in _buffers, out error);
            _sent += part;
            _buffers = _buffers.Slice(part);
            isAll = _buffers.IsEmpty;
        }
        return error;
    }

    private sealed record FilePart(SafeFileHandle Handle, long Offset, long Count);
}

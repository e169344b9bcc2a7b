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

    public void Start(ReadOnlyMemory<byte> buffer, Event sent)
    {
        if (MayTry)
        {
            int count = connection.Send(buffer.Span, out var error);
            CountAttempt(tookAll: false);
            if (count == buffer.Length || error is not (SocketError.Success or SocketError.WouldBlock))
            {
                Finish(sent, error);
                return;
            }
            buffer = buffer[count..];
            _sent = count;
        }
        _buffer = buffer;
        Begin(sent);
    }

    public void Start(in ReadOnlySequence<byte> buffers, Event sent)
    {
        _buffers = buffers;
        Start(sent);
    }

    public void Start(SafeFileHandle file, long offset, long count, Event sent)
    {
        _file = new FilePart(file, offset, count);
        Start(sent);
    }

    public void Start(RandomAccessFile file, long offset, long count, Event sent)
    {
        _window = new FileWindow(file, offset, count);
        Start(sent);
    }

    protected override bool Attempt()
    {
        var error = SendMore(out bool isAll);
        CountAttempt(tookAll: false);
        if (!isAll && error is SocketError.Success or SocketError.WouldBlock)
            return false;
        Finish(End(), error);
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

    private void Start(Event sent)
    {
        if (MayTry)
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
            CountAttempt(tookAll: false);
            if (isAll || result is not (SocketError.Success or SocketError.WouldBlock))
            {
                Release();
                Finish(sent, result);
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

    private void Finish(Event sent, SocketError error)
    {
        if (error == SocketError.Success)
            sent.Trigger();
        else
            sent.Fail(connection.Failed("sending to", error));
    }

    private sealed record FilePart(SafeFileHandle Handle, long Offset, long Count);
}

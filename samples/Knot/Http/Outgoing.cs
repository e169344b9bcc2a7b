using System.Buffers;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Knot.Http;

/// <summary>One response on its way out.</summary>
/// <remarks>
/// Head and the body's beginning share one buffer, so that a small file takes one system call. The rest of a body in memory goes out straight
/// from the cache. A file goes out from the system's memory, without a copy; where the system does not do that, it is read piece by piece,
/// synchronously, into the same buffer.
/// </remarks>
internal sealed class Outgoing(DateHeader date) : IDisposable
{
    private const int BufferSize = 32 * 1024;
    private const int LargestPiece = 1 << 20;

    private byte[]? _buffer;
    private int _start;
    private int _end;
    private Response? _response;
    private SafeFileHandle? _file;
    private bool _isRead;           // the file's bytes go through the buffer
    private long _bodySent;         // of the body: what went into the buffer, or out from the cache or the file
    private long _bodyLength;       // 0 for HEAD

    /// <summary>Whether files are read here, as they are where the system does not send them itself.</summary>
    public bool ReadsFiles { get; init; } = !SystemSend.IsSupported;

    /// <summary>Whether everything has gone.</summary>
    public bool IsDone => _start == _end && _bodySent == _bodyLength;

    /// <summary>The bytes in memory to send next; empty where all have gone, or a file's are next.</summary>
    public ReadOnlySpan<byte> Pending =>
        _start < _end ? _buffer.AsSpan(_start, _end - _start)
        : _bodySent < _bodyLength && _file is null ? _response!.Body.AsSpan((int)_bodySent)
        : default;

    /// <exception cref="IOException">The file cannot be opened or read (any more).</exception>
    public void Start(Response response, bool headOnly, bool keepAlive, bool isHttp10)
    {
        _bodyLength = headOnly ? 0 : response.Length;
        if (_bodyLength > 0 && response.FilePath is { } path)
            _file = File.OpenHandle(path, options: FileOptions.SequentialScan);

        _response = response;
        _isRead = ReadsFiles;
        _buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
        _start = _end = 0;
        _bodySent = 0;
        Append(response.Head);
        Append(date.Line);
        if (!keepAlive)
            Append("Connection: close\r\n"u8);
        else if (isHttp10)
            Append("Connection: keep-alive\r\n"u8);
        Append("\r\n"u8);
        Fill();
    }

    /// <summary>Sends what the socket takes of what is next, and says how much that was.</summary>
    /// <param name="socket">Where to; not blocking.</param>
    /// <param name="error">WouldBlock where the socket takes nothing now.</param>
    /// <exception cref="IOException">The file could not be read, or became shorter than the head said: the connection must be closed.</exception>
    public int Send(Socket socket, out SocketError error)
    {
        int sent;
        if (Pending.IsEmpty)
        {
            sent = SystemSend.SendFile(socket, _file!, _bodySent, (int)Math.Min(_bodyLength - _bodySent, LargestPiece), out error);
            if (error == SocketError.OperationNotSupported)
            {
                _isRead = true;
                Fill();
                return Send(socket, out error);
            }
            if (sent == 0 && error == SocketError.Success)
                throw TooShort();
        }
        else if (_file is not null && !_isRead)
        {
            sent = SystemSend.SendMore(socket, Pending, out error);
        }
        else
        {
            sent = socket.Send(Pending, SocketFlags.None, out error);
        }
        Advance(sent);
        return sent;
    }

    /// <summary>Says that so many bytes of what is next have gone.</summary>
    /// <exception cref="IOException">As for <see cref="Send"/>.</exception>
    public void Advance(int sent)
    {
        if (_start < _end)
        {
            _start += sent;
            if (_start == _end)
            {
                _start = _end = 0;
                if (_file is not null)
                    Fill();
            }
        }
        else
        {
            _bodySent += sent;
        }

        if (IsDone)
            Dispose();
    }

    /// <summary>Gives buffer and file back; the next response may start.</summary>
    public void Dispose()
    {
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _file?.Dispose();
        _buffer = null;
        _file = null;
        _response = null;
        _start = _end = 0;
        _bodySent = _bodyLength = 0;
    }

    private static EndOfStreamException TooShort() => new("The file became shorter while it was sent.");

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    private void Fill()
    {
        if (_file is not null && !_isRead)
            return;
        int count = (int)Math.Min(_bodyLength - _bodySent, _buffer!.Length - _end);
        if (count <= 0)
            return;
        if (_file is null)
            _response!.Body.AsSpan((int)_bodySent, count).CopyTo(_buffer.AsSpan(_end));
        else if ((count = RandomAccess.Read(_file, _buffer.AsSpan(_end, count), _bodySent)) == 0)
            throw TooShort();
        _end += count;
        _bodySent += count;
    }
}

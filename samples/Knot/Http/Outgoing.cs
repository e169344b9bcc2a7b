using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Knot.Http;

/// <summary>One response on its way out, as a row of byte spans to send.</summary>
/// <remarks>
/// Head and the body's beginning share one buffer, so that a small file takes one system call. The rest of a cached body goes out straight
/// from the cache; a file too large for it is read piece by piece, synchronously, into the same buffer.
/// </remarks>
internal sealed class Outgoing(DateHeader date) : IDisposable
{
    private const int BufferSize = 32 * 1024;

    private byte[]? _buffer;
    private int _start;
    private int _end;
    private Response? _response;
    private SafeFileHandle? _file;
    private long _bodySent;         // of the body: what went into the buffer or out from the cache
    private long _bodyLength;       // 0 for HEAD

    /// <summary>The bytes to send next; empty when all have gone.</summary>
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

    /// <summary>Says that <paramref name="sent"/> bytes of <see cref="Pending"/> have gone.</summary>
    /// <exception cref="IOException">The file could not be read, or became shorter than the head said: the connection must be closed.</exception>
    public void Advance(int sent)
    {
        if (_start < _end)
        {
            _start += sent;
            if (_start == _end && _file is not null)
            {
                _start = _end = 0;
                Fill();
            }
        }
        else
        {
            _bodySent += sent;
        }

        if (Pending.IsEmpty)
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

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    private void Fill()
    {
        int count = (int)Math.Min(_bodyLength - _bodySent, _buffer!.Length - _end);
        if (count <= 0)
            return;
        if (_file is null)
            _response!.Body.AsSpan((int)_bodySent, count).CopyTo(_buffer.AsSpan(_end));
        else if ((count = RandomAccess.Read(_file, _buffer.AsSpan(_end, count), _bodySent)) == 0)
            throw new EndOfStreamException("The file became shorter while it was sent.");
        _end += count;
        _bodySent += count;
    }
}

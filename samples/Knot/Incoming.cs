using System.Buffers;
using System.Net.Sockets;

namespace Knot;

/// <summary>What a client has sent and nobody has read yet; an idle connection holds no buffer.</summary>
internal sealed class Incoming : IDisposable
{
    private const int BufferSize = 16 * 1024;

    private byte[]? _buffer;
    private int _start;
    private int _end;

    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    public bool IsEmpty => _start == _end;

    /// <summary>Takes what the socket has; false where the client has gone. A socket that has nothing after all changes nothing.</summary>
    public bool Receive(Socket socket)
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
        if (_start > 0)
        {
            Unread.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        int count = socket.Receive(_buffer.AsSpan(_end), SocketFlags.None, out var error);
        _end += count;
        if (IsEmpty)
            Dispose();
        return count > 0 || error == SocketError.WouldBlock;
    }

    public void Consume(int count)
    {
        _start += count;
        if (IsEmpty)
            Dispose();
    }

    public void Clear() => Consume(_end - _start);

    public void Dispose()
    {
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        _start = _end = 0;
    }
}

using System.Buffers;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Tame.Http.Writing;

/// <summary>The bytes to send to one client, in one array from the pool. It holds the array only while it has bytes. It keeps space for a head before the written bytes.</summary>
internal sealed partial class Output(Connection connection, TimeSpan limit)
{
    /// <summary>Differs from the size of a reader's buffer: for each size, the pool has one array that needs no lock.</summary>
    private const int FirstSize = 8192;

    private const int LargestPiece = 64 * 1024;
    private const int LargestFilePiece = 128 * 1024;

    /// <summary>Space before the written bytes that is kept free for the head.</summary>
    private const int Room = 512;

    private byte[]? _bytes;
    private int _start;
    private int _end;

    /// <summary>The number of bytes that were written and not sent yet.</summary>
    public int Count => _end - _start;

    public bool IsSending { get; private set; }

    /// <summary>Whether a send has failed, or its event completed early. Nothing more can be sent then.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Where to write next.</summary>
    public Memory<byte> Free(int size)
    {
        size = Math.Max(size, 1);
        if (_bytes is null)
            Rent(Math.Max(FirstSize, Room + size), Room);
        else if (_bytes.Length - _end < size)
            Move(Math.Max(2 * _bytes.Length, _end + size), _start);
        return _bytes.AsMemory(_end);
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes is null ? 0 : _bytes.Length - _end);
        _end += count;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Free(bytes.Length).Span);
        _end += bytes.Length;
    }

    /// <summary>Puts bytes before the written ones.</summary>
    public void Prepend(ReadOnlySpan<byte> bytes)
    {
        if (_bytes is null)
            Rent(Math.Max(FirstSize, Room + bytes.Length), Room);
        if (_start < bytes.Length)
            Move(_bytes!.Length + bytes.Length + Room, bytes.Length + Room);
        _start -= bytes.Length;
        bytes.CopyTo(_bytes.AsSpan(_start));
    }

    /// <summary>Drops the written bytes.</summary>
    public void Clear()
    {
        if (_bytes is not null && !IsSending)
            Rent(0, 0);
    }

    /// <summary>Sends the written bytes, and the given bytes after them. It does not wait if the system takes everything at once.</summary>
    public void Send(ReadOnlyMemory<byte> more, Event sent)
    {
        if (IsBroken)
        {
            sent.Fail(new IOException("An earlier part of this answer could not be sent, or its event completed early. The client would read later bytes as the rest of it."));
            return;
        }
        int count = 0;
        if (Count != 0 && !TrySend(_bytes.AsSpan(_start, Count), sent, out count))
            return;
        _start += count;
        count = 0;
        if (Count == 0 && !more.IsEmpty && !TrySend(more.Span, sent, out count))
            return;
        more = more[count..];
        if (Count != 0 || !more.IsEmpty)
        {
            SendRest(more, sent);
            return;
        }
        Clear();
        sent.Trigger();
    }

    private bool TrySend(ReadOnlySpan<byte> bytes, Event sent, out int count)
    {
        try
        {
            connection.TrySend(bytes, out count);
            return true;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
        {
            count = 0;
            IsBroken = true;
            Clear();
            sent.Fail(error);
            return false;
        }
    }

    [Tamed] private partial void SendRest(ReadOnlyMemory<byte> more, Event sent);

    private void SendRestBody(ReadOnlyMemory<byte> more, Event sent)
    {
        IsSending = true;
        Exception? failure = null;
        try
        {
            while ((Count != 0 || !more.IsEmpty) && sent.IsPending)
            {
                bool isOwn = Count != 0;
                var piece = isOwn ? _bytes.AsMemory(_start, Math.Min(Count, LargestPiece)) : more[..Math.Min(more.Length, LargestPiece)];
                twait(e => connection.Send(piece, e.WithTimeout(limit)));
                if (isOwn)
                    _start += piece.Length;
                else
                    more = more[piece.Length..];
            }
        }
        catch (Exception error)
        {
            failure = error;
        }
        End(failure, Count != 0 || !more.IsEmpty, sent);
    }

    /// <summary>Sends the written bytes, and a part of a file after them.</summary>
    [Tamed] public partial void SendFile(SafeFileHandle? handle, RandomAccessFile? file, long offset, long count, Event sent);

    private void SendFileBody(SafeFileHandle? handle, RandomAccessFile? file, long offset, long count, Event sent)
    {
        Exception? failure = null;
        try
        {
            if (Count != 0)
                twait(e => Send(default, e));
            IsSending = true;
            while (count != 0 && sent.IsPending)
            {
                long piece = Math.Min(count, LargestFilePiece);
                var time = limit == Timeout.InfiniteTimeSpan ? limit : limit * (1 + (piece / LargestPiece));
                if (handle is not null)
                    twait(e => connection.SendFile(handle, offset, piece, e.WithTimeout(time)));
                else
                    twait(e => connection.SendFile(file!, offset, piece, e.WithTimeout(time)));
                offset += piece;
                count -= piece;
            }
        }
        catch (Exception error)
        {
            failure = error;
        }
        End(failure, count != 0, sent);
    }

    private void End(Exception? failure, bool isLeft, Event sent)
    {
        IsSending = false;
        IsBroken |= failure is not null || isLeft;
        Clear();
        if (failure is null)
            sent.Trigger();
        else
            sent.Fail(failure);
    }

    private void Rent(int size, int at)
    {
        if (_bytes is not null)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = size == 0 ? null : ArrayPool<byte>.Shared.Rent(size);
        _start = _end = at;
    }

    /// <summary>Moves the written bytes, from a position on, to a larger array.</summary>
    private void Move(int size, int at)
    {
        int count = Count;
        byte[] larger = ArrayPool<byte>.Shared.Rent(size);
        _bytes.AsSpan(_start, count).CopyTo(larger.AsSpan(at));
        ArrayPool<byte>.Shared.Return(_bytes!);
        (_bytes, _start, _end) = (larger, at, at + count);
    }
}

namespace Tame.IO;

/// <summary>One direction of a connection in memory: a bounded ring of bytes, and the state of its two ends.</summary>
internal sealed class MemoryPipe(int capacity)
{
    private const int FirstSize = 4096;
    private byte[] _ring = [];
    private int _start;

    /// <summary>The number of bytes that were written and not read yet.</summary>
    public int Count { get; private set; }

    /// <summary>The writer sends no more.</summary>
    public bool IsEnded { get; set; }

    /// <summary>The writer has reset the connection: the remaining bytes can be received, then receiving fails.</summary>
    public bool IsReset { get; set; }

    /// <summary>The reader has closed the connection: written bytes are dropped, and the writer is told.</summary>
    public bool IsReaderGone { get; set; }

    public bool IsFull => Count == capacity;

    public int Write(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(bytes.Length, capacity - Count);
        if (Count + count > _ring.Length)
            Grow(Count + count);
        int end = _start + Count;
        if (end >= _ring.Length)
            end -= _ring.Length;
        int first = Math.Min(count, _ring.Length - end);
        bytes[..first].CopyTo(_ring.AsSpan(end));
        bytes[first..count].CopyTo(_ring);
        Count += count;
        return count;
    }

    public int Read(Span<byte> bytes)
    {
        int count = Math.Min(bytes.Length, Count);
        int first = Math.Min(count, _ring.Length - _start);
        _ring.AsSpan(_start, first).CopyTo(bytes);
        _ring.AsSpan(0, count - first).CopyTo(bytes[first..]);
        Count -= count;
        _start = Count == 0 ? 0 : (_start + count) % _ring.Length;
        return count;
    }

    /// <summary>Drops the bytes that were not read yet.</summary>
    public void Clear()
    {
        _ring = [];
        Count = _start = 0;
    }

    private void Grow(int needed)
    {
        var larger = new byte[Math.Min(capacity, Math.Max(Math.Max(FirstSize, 2 * _ring.Length), needed))];
        int count = Count;
        Read(larger.AsSpan(0, count));
        (_ring, _start, Count) = (larger, 0, count);
    }
}

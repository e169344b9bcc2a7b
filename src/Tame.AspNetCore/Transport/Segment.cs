using System.Buffers;

namespace Tame.AspNetCore;

/// <summary>A piece of the bytes that one side of a connection holds. Its running index counts from the first byte of the connection.</summary>
internal sealed class Segment : ReadOnlySequenceSegment<byte>
{
    private const int LargeSize = 32 * 1024;
    private IMemoryOwner<byte>? _owner;
    private byte[]? _array;
    private Memory<byte> _room;

    /// <summary>The number of bytes that are written.</summary>
    public int Count { get; private set; }

    public Segment? Following => (Segment?)Next;

    /// <summary>The position of the next byte, counted from the first byte of the connection.</summary>
    public long End => RunningIndex + Count;

    public Memory<byte> Free => _room[Count..];

    public int FreeCount => _room.Length - Count;

    /// <summary>Creates a segment with free space: a block of the pool, or a larger one if the caller wants more or is moving much data.</summary>
    /// <param name="spare">A segment without memory, to be reused.</param>
    /// <param name="pool">The pool of the blocks.</param>
    /// <param name="start">The running index.</param>
    /// <param name="wanted">The minimum free space in bytes; zero for a block.</param>
    /// <param name="isLarge">The caller is moving much data.</param>
    public static Segment Rent(ref Segment? spare, MemoryPool<byte> pool, long start, int wanted, bool isLarge)
    {
        var segment = spare ?? new Segment();
        spare = null;
        segment.RunningIndex = start;
        if (isLarge || wanted > pool.MaxBufferSize)
            segment._room = segment._array = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, LargeSize));
        else
            segment._room = (segment._owner = pool.Rent(wanted == 0 ? -1 : wanted)).Memory;
        return segment;
    }

    public void Append(Segment next) => Next = next;

    public void Advance(int count)
    {
        Count += count;
        Memory = _room[..Count];
    }

    /// <summary>Returns the memory. Positions in this segment are no longer valid.</summary>
    public void Return(ref Segment? spare)
    {
        _owner?.Dispose();
        if (_array is not null)
            ArrayPool<byte>.Shared.Return(_array);
        (_owner, _array, _room, Memory, Next) = (null, null, default, default, null);
        Count = 0;
        spare = this;
    }
}

using System.Buffers;

namespace Tame.IO;

/// <summary>A piece of the bytes that a writer has to send. The segment and its memory come from pools: each thread keeps a few.</summary>
internal sealed class WriterSegment : ReadOnlySequenceSegment<byte>
{
    private const int Kept = 64;

    [ThreadStatic]
    private static WriterSegment? s_free;

    [ThreadStatic]
    private static int s_freeCount;

    private byte[] _bytes = [];

    /// <summary>The number of bytes that are written.</summary>
    public int Count { get; set; }

    public int Size => _bytes.Length;

    public Memory<byte> Free => _bytes.AsMemory(Count);

    public WriterSegment? NextSegment => (WriterSegment?)Next;

    public static WriterSegment Rent(int size, long runningIndex)
    {
        var segment = s_free ?? new WriterSegment();
        if (s_free is not null)
        {
            s_free = segment.NextSegment;
            s_freeCount--;
        }
        segment.Next = null;
        segment._bytes = ArrayPool<byte>.Shared.Rent(size);
        segment.Count = 0;
        segment.Memory = segment._bytes;
        segment.RunningIndex = runningIndex;
        return segment;
    }

    public ReadOnlySpan<byte> Written(int from) => _bytes.AsSpan(from, Count - from);

    /// <summary>Nothing more is written here: the next segment follows.</summary>
    public WriterSegment Continue(int size)
    {
        Memory = _bytes.AsMemory(0, Count);
        var next = Rent(size, RunningIndex + Count);
        Next = next;
        return next;
    }

    public void Return()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Memory = default;
        Next = null;
        if (s_freeCount == Kept)
            return;
        Next = s_free;
        s_free = this;
        s_freeCount++;
    }
}

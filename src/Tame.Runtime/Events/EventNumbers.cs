using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>The numbers of one loop's events: unique among all loops, and never given twice (rule 9 of docs/threads.md). On the loop's thread.</summary>
internal struct EventNumbers()
{
    private const int Shift = 48;
    private static int s_lastLoop;

    /// <summary>Zero, the mark of a complete event, is in no loop's range.</summary>
    private long _next = ((long)(Interlocked.Increment(ref s_lastLoop) & short.MaxValue) << Shift) + 1;

    /// <summary>How many events were made. Any thread may read it.</summary>
    public long Made;

    /// <summary>How many events are complete. Any thread may read it.</summary>
    public long Completed;

    /// <summary>Takes numbers in a row. Returns the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Take(int count)
    {
        long first = _next;
        _next = first + count;
        return first;
    }
}

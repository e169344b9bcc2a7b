using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>The numbers of one loop's events: unique among all loops, and never given twice (rule 9 of docs/threads.md). On the loop's thread.</summary>
internal struct EventNumbers()
{
    private const int Shift = 48;
    private static int s_lastLoop;

    /// <summary>Zero, the mark of a complete event, is in no loop's range.</summary>
    private long _next = ((long)(Interlocked.Increment(ref s_lastLoop) & short.MaxValue) << Shift) + 1;

    /// <summary>How many numbers have no event: those of other things, and reserved ones.</summary>
    private long _withoutEvent;

    /// <summary>The most that <see cref="ReadMade"/> has returned.</summary>
    private long _readMade;

    /// <summary>How many events are complete. Any thread may read it.</summary>
    public long Completed;

    /// <summary>Takes the number of an event.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Take() => _next++;

    /// <summary>Takes the number of something that is no event.</summary>
    public long TakeWithoutEvent() => Reserve(1);

    /// <summary>Takes numbers in a row, for events that may be made. Returns the first.</summary>
    public long Reserve(int count)
    {
        long first = _next;
        Volatile.Write(ref _withoutEvent, _withoutEvent + count);    // first, so that a reader never counts too many
        Volatile.Write(ref _next, first + count);
        return first;
    }

    /// <summary>An event is made that has a reserved number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void UseReserved() => _withoutEvent--;

    /// <summary>How many events were made: at most a little out of date, and never less than before. Any thread may ask.</summary>
    public long ReadMade()
    {
        long numbers = (Volatile.Read(ref _next) & ((1L << Shift) - 1)) - 1;
        long made = numbers - Volatile.Read(ref _withoutEvent), read = Volatile.Read(ref _readMade);
        while (made > read)
        {
            long seen = Interlocked.CompareExchange(ref _readMade, made, read);
            if (seen == read)
                return made;
            read = seen;
        }
        return read;
    }
}

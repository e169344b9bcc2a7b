using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>The numbers of one loop's events: unique among all loops, and never reused (rule 9 of docs/threads.md). On the loop's thread.</summary>
internal struct EventNumbers()
{
    private const int Shift = 48;
    private static int s_lastLoop;

    /// <summary>Zero, which marks a complete event, is in no loop's range.</summary>
    private long _next = ((long)(Interlocked.Increment(ref s_lastLoop) & short.MaxValue) << Shift) + 1;

    /// <summary>How many numbers have no event: those of other objects, and reserved ones.</summary>
    private long _withoutEvent;

    /// <summary>The highest value that <see cref="ReadMade"/> has returned.</summary>
    private long _readMade;

    /// <summary>The number of complete events. Any thread may read it.</summary>
    public long Completed;

    /// <summary>Takes a number for an event.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Take() => _next++;

    /// <summary>Takes a number for an object that is not an event.</summary>
    public long TakeWithoutEvent() => Reserve(1);

    /// <summary>Takes consecutive numbers for events that may be created. Returns the first.</summary>
    public long Reserve(int count)
    {
        long first = _next;
        Volatile.Write(ref _withoutEvent, _withoutEvent + count);    // first, so that a reader never counts too many
        Volatile.Write(ref _next, first + count);
        return first;
    }

    /// <summary>Records that an event with a reserved number is created.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void UseReserved() => _withoutEvent--;

    /// <summary>The number of events that were created. It is at most a little out of date, and never decreases. Any thread may call it.</summary>
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

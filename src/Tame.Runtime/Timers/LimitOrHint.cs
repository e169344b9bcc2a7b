using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Tame;

/// <summary>One word of a timer: its time limit, or the address that the cell of its event had when the timer was set.</summary>
internal readonly struct LimitOrHint
{
    /// <summary>A negative value is the complement of a limit's ticks. Any other value is an address, or zero.</summary>
    private readonly long _value;

    private LimitOrHint(long value) => _value = value;

    /// <summary>The time limit; null if this is not a limit.</summary>
    public TimeSpan? Limit => _value < 0 ? new TimeSpan(~_value) : null;

    public static LimitOrHint Of(TimeSpan limit) => new(~limit.Ticks);

    public static unsafe LimitOrHint At(ref Cell cell) => new((long)Unsafe.AsPointer(ref cell));

    /// <summary>
    /// Makes the processor prefetch the cell. If the garbage collector has moved the cell, the prefetch has no effect; it is safe because nothing reads
    /// the address. The cells of most events with long timers do not move.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch()
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((void*)_value);
            Sse.Prefetch0((void*)(_value + Unsafe.SizeOf<Cell>() - 1));
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Tame;

/// <summary>One word of a timer: a time limit, or where the cell of its event was when the timer was set.</summary>
internal readonly struct LimitOrHint
{
    /// <summary>Negative: the complement of the ticks of a limit. Otherwise an address, or zero.</summary>
    private readonly long _value;

    private LimitOrHint(long value) => _value = value;

    /// <summary>The time limit; null where this is none.</summary>
    public TimeSpan? Limit => _value < 0 ? new TimeSpan(~_value) : null;

    public static LimitOrHint Of(TimeSpan limit) => new(~limit.Ticks);

    public static unsafe LimitOrHint At(ref Cell cell) => new((long)Unsafe.AsPointer(ref cell));

    /// <summary>
    /// Has the processor fetch the cell. The collector may have moved it since, and then this does nothing for it and no harm, for the address is
    /// never read. Most events of long timers lie where they lay.
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

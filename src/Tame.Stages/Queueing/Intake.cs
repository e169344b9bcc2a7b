using System.Runtime.InteropServices;

namespace Tame.Stages;

/// <summary>
/// The fields that offering threads write for each item. They are on separate cache lines. Otherwise each offer would invalidate a line that the handling threads read for each item.
/// Guarded by the stage's lock, except where a member says otherwise.
/// </summary>
internal sealed class Intake<T>
{
    /// <summary>Padding.</summary>
    public readonly CacheLines Before;
    public IntakeCounts Counts;

    /// <summary>The entries that no runner has taken.</summary>
    public EntryRing<T> Ring;

    /// <summary>Padding.</summary>
    public readonly CacheLines After;
}

/// <summary>The counters of a queue.</summary>
internal struct IntakeCounts
{
    /// <summary>The number of entries that were put into the ring. Those that no runner has begun are queued. Any thread may read it.</summary>
    public long Added;

    /// <summary>The number of items that were accepted. Any thread may read it.</summary>
    public long Accepted;

    /// <summary>The queue has space up to this number of added entries, even if no runner takes an entry.</summary>
    public long RoomUntil;

    /// <summary>Not guarded.</summary>
    public TimeSampling Sampling;
}

/// <summary>Two cache lines, because processors fetch them in pairs.</summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal struct CacheLines
{
    public const int Size = 128;
}

/// <summary>A number that one thread writes often and others read, on separate cache lines.</summary>
[StructLayout(LayoutKind.Explicit, Size = (2 * CacheLines.Size) + sizeof(long))]
internal struct PaddedNumber
{
    [FieldOffset(CacheLines.Size)]
    public long Value;
}

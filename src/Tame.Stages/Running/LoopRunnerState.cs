using System.Runtime.InteropServices;

namespace Tame.Stages;

/// <summary>
/// The fields that a loop's thread writes for each item. They are on separate cache lines. Otherwise each item would invalidate a line that the offering threads read for each offer. Only that thread reads and
/// writes them.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = (2 * CacheLines.Size) + 32)]
internal struct LoopRunnerState
{
    /// <summary>Calls that are running here.</summary>
    [FieldOffset(CacheLines.Size)]
    public int Active;

    /// <summary>Entries that were begun since offers that wait were last let in.</summary>
    [FieldOffset(CacheLines.Size + 4)]
    public int Owed;

    [FieldOffset(CacheLines.Size + 8)]
    public Lingering Lingering;

    /// <summary>The call that the current turn made last has not ended.</summary>
    [FieldOffset(CacheLines.Size + 24)]
    public bool IsInDrain;
}

using System.Runtime.InteropServices;

namespace Tame;

/// <summary>
/// What other threads read of a loop at each trigger, on cache lines of its own. Among the counters that the loop's thread writes at each wait, every such read
/// had to fetch the line from the other core.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = (2 * Padding) + 24)]
internal struct CrossThreadState
{
    /// <summary>Two lines: processors fetch them in pairs.</summary>
    private const int Padding = 128;

    /// <summary>See <see cref="EventLoop.IsHere"/>.</summary>
    [FieldOffset(Padding)]
    public nuint StackTop;

    [FieldOffset(Padding + 8)]
    public nuint StackSpan;

    /// <summary>Not zero while the loop's thread sleeps and nobody has woken it.</summary>
    [FieldOffset(Padding + 16)]
    public int Sleeping;

    [FieldOffset(Padding + 20)]
    public bool IsEnded;
}

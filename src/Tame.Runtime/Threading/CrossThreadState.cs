using System.Runtime.CompilerServices;
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

    /// <summary>How far down from a frame an address is taken for one of the same stack: half of what the runtime is asked to make sure of there.</summary>
    private const int SureSpan = 64 * 1024;

    /// <summary>Frames that the run calls may begin a little above the one that was measured.</summary>
    private const int StackMargin = 256;

    /// <summary>Where the stack of the loop's run begins, and how far down from there it is known to be the loop's; zero while the loop does not run.</summary>
    [FieldOffset(Padding)]
    private nuint _stackTop;

    [FieldOffset(Padding + 8)]
    public nuint StackSpan;

    /// <summary>Not zero while the loop's thread sleeps and nobody has woken it.</summary>
    [FieldOffset(Padding + 16)]
    public int Sleeping;

    [FieldOffset(Padding + 20)]
    public bool IsEnded;

    /// <summary>
    /// True only on the loop's thread while the loop runs there, told by where this frame's stack is: no two threads share one. False may also mean that the stack is deep: then ask the thread.
    /// </summary>
    public readonly unsafe bool IsHere
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        [SkipLocalsInit]
        get
        {
            byte here;
            return _stackTop - (nuint)(&here) < StackSpan;
        }
    }

    /// <summary>Has <see cref="IsHere"/> say no while a sibling ends inside of this loop's run. Returns what <see cref="ShowStack"/> needs.</summary>
    public nuint HideStack()
    {
        var span = StackSpan;
        StackSpan = 0;
        return span;
    }

    public void ShowStack(nuint span) => StackSpan = span;

    /// <summary>The run begins here.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public unsafe void NoteStack()
    {
        byte here;
        if (StackLimit.IsAlwaysShort || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return;
        _stackTop = (nuint)(&here) + StackMargin;
        StackSpan = SureSpan;
    }

    /// <summary>The runtime has made sure of the stack below this frame, which is one of the loop's thread.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public unsafe void ExtendStack()
    {
        byte here;
        nuint span = _stackTop - (nuint)(&here) + SureSpan;
        if (StackSpan != 0 && (nuint)(&here) < _stackTop && span > StackSpan)
            StackSpan = span;
    }
}

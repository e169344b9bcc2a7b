using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tame;

/// <summary>
/// What other threads read of a loop at each trigger, on cache lines of its own. Among the counters that the loop's thread writes at each wait, every such read
/// had to fetch the line from the other core.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = (2 * Padding) + 16)]
internal struct CrossThreadState
{
    /// <summary>Two lines: processors fetch them in pairs.</summary>
    private const int Padding = 128;

    /// <summary>How far down from a frame an address is taken for one of the same stack: half of what the runtime is asked to make sure of there. It is the unit of spans.</summary>
    private const ulong SureSpan = 1UL << SpanBits;
    private const int SpanBits = 16;
    private const int AddressBits = 48;

    /// <summary>Frames that the run calls may begin a little above the one that was measured.</summary>
    private const int StackMargin = 256;

    /// <summary>The deepest frame of this thread below which the runtime has said that there is room; zero before. What is above it has room, too.</summary>
    [ThreadStatic]
    private static nuint t_deepest;

    /// <summary>The loop does not run: every address is below this, and none within its span of zero.</summary>
    private const ulong NotRunning = (1UL << AddressBits) - 1;

    /// <summary>
    /// Where the stack of the loop's run begins, in the lower bits, and above them how far down from there it is known to be the loop's, in units of
    /// <see cref="SureSpan"/>. One word, since a guest changes its thread: a top of one thread with the span of another would be neither's stack.
    /// </summary>
    [FieldOffset(Padding)]
    private ulong _stack;

    /// <summary>Not zero while the loop's thread sleeps and nobody has woken it.</summary>
    [FieldOffset(Padding + 8)]
    public int Sleeping;

    [FieldOffset(Padding + 12)]
    public bool IsEnded;

    public CrossThreadState() => _stack = NotRunning;

    /// <summary>The loop runs, on some thread whose stack is known.</summary>
    public readonly bool IsRunning => Volatile.Read(in _stack) != NotRunning;

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
            ulong below = _stack - (nuint)(&here);
            return (uint)(below >> SpanBits) < (uint)(below >> AddressBits);
        }
    }

    /// <summary>Has <see cref="IsHere"/> say no while a sibling runs or ends inside of this loop's run. Returns what <see cref="ShowStack"/> needs.</summary>
    public ulong HideStack()
    {
        ulong stack = _stack;
        _stack = NotRunning;
        return stack;
    }

    public void ShowStack(ulong stack) => _stack = stack;

    /// <summary>The run begins here.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public unsafe void NoteStack()
    {
        byte here;
        nuint address = (nuint)(&here);
        if (StackLimit.IsAlwaysShort || address <= t_deepest - 1 && !HasRoom(address))
            return;
        _stack = (address + StackMargin) | (1UL << AddressBits);
    }

    private static bool HasRoom(nuint address)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return false;
        t_deepest = address;
        return true;
    }

    /// <summary>The run is over.</summary>
    public void ForgetStack() => Volatile.Write(ref _stack, NotRunning);

    /// <summary>The runtime has made sure of the stack below this frame, which is one of the loop's thread.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public unsafe void ExtendStack()
    {
        byte here;
        ulong stack = _stack, top = stack & NotRunning, span = stack >> AddressBits;
        if (span == 0 || (nuint)(&here) >= top)
            return;
        ulong reach = ((top - (nuint)(&here)) >> SpanBits) + 1;
        if (reach > span && reach <= ushort.MaxValue)
            _stack = top | (reach << AddressBits);
    }
}

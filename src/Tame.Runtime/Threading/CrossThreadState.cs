using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tame;

/// <summary>
/// The state of a loop that other threads read at each trigger, on separate cache lines. Next to the counters that the loop's thread writes at each wait,
/// each such read would have to fetch the line from the other core.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = (2 * Padding) + 16)]
internal struct CrossThreadState
{
    /// <summary>Two cache lines, because processors fetch them in pairs.</summary>
    private const int Padding = 128;

    /// <summary>
    /// How far below a frame an address counts as part of the same stack: half of the stack space that the runtime is asked to ensure there. It is the unit of
    /// spans.
    /// </summary>
    private const ulong SureSpan = 1UL << SpanBits;
    private const int SpanBits = 16;
    private const int AddressBits = 48;

    /// <summary>A margin in bytes, because frames that the run calls may begin a little above the measured frame.</summary>
    private const int StackMargin = 256;

    /// <summary>
    /// The deepest frame of this thread below which the runtime has ensured enough stack; zero before. Frames above it have enough stack, too.
    /// </summary>
    [ThreadStatic]
    private static nuint t_deepest;

    /// <summary>The value while the loop does not run. Every address is below it, and none is within its span of zero.</summary>
    private const ulong NotRunning = (1UL << AddressBits) - 1;

    /// <summary>
    /// The lower bits have the address where the stack of the loop's run begins. The upper bits have the size of the stack that is known to be the loop's, in
    /// units of <see cref="SureSpan"/>. Both are in one word because a guest changes its thread: the top of one thread's stack with the span of another's
    /// would be wrong for both.
    /// </summary>
    [FieldOffset(Padding)]
    private ulong _stack;

    /// <summary>Not zero while the loop's thread sleeps and no thread has woken it.</summary>
    [FieldOffset(Padding + 8)]
    public int Sleeping;

    [FieldOffset(Padding + 12)]
    public bool IsEnded;

    public CrossThreadState() => _stack = NotRunning;

    /// <summary>Whether the loop runs on a thread whose stack is known.</summary>
    public readonly bool IsRunning => Volatile.Read(in _stack) != NotRunning;

    /// <summary>
    /// True only on the loop's thread while the loop runs there. It compares the address of this frame with the stack of the run, because no two threads
    /// share a stack. It may be false on the loop's thread, too, if the stack is deep: then compare the threads.
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

    /// <summary>
    /// Makes <see cref="IsHere"/> false while another loop runs or ends inside this loop's run. Returns the argument for <see cref="ShowStack"/>.
    /// </summary>
    public ulong HideStack()
    {
        ulong stack = _stack;
        _stack = NotRunning;
        return stack;
    }

    public void ShowStack(ulong stack) => _stack = stack;

    /// <summary>Called when the run begins, on its thread.</summary>
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

    /// <summary>Called when the run is over.</summary>
    public void ForgetStack() => Volatile.Write(ref _stack, NotRunning);

    /// <summary>Called on the loop's thread when the runtime has ensured enough stack below this frame.</summary>
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

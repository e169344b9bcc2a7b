using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tame;

/// <summary>
/// The fields of a loop that other threads read at each trigger, on separate cache lines. On a line with the counters that the loop's thread writes at each
/// wait, every such read had to fetch the line from the other core.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = (2 * Padding) + 16)]
internal struct CrossThreadState
{
    /// <summary>Two lines, because processors fetch them in pairs.</summary>
    private const int Padding = 128;

    /// <summary>
    /// How far below a frame an address is taken for one of the same stack. It is half of what the runtime is asked to ensure there, and the unit of spans.
    /// </summary>
    private const ulong SureSpan = 1UL << SpanBits;
    private const int SpanBits = 16;
    private const int AddressBits = 48;

    /// <summary>Frames that the run calls may begin slightly above the measured one.</summary>
    private const int StackMargin = 256;

    /// <summary>The value while the loop does not run: every address is below it, and none is within its span of zero.</summary>
    private const ulong NotRunning = (1UL << AddressBits) - 1;

    /// <summary>
    /// The start of the stack of the loop's run, in the lower bits. The upper bits contain how far down from there the stack is known to be the loop's, in
    /// units of <see cref="SureSpan"/>. It is one word because a guest changes its thread: the top of one thread with the span of another would describe
    /// neither stack.
    /// </summary>
    [FieldOffset(Padding)]
    private ulong _stack;

    /// <summary>Nonzero while the loop's thread sleeps and no thread has woken it.</summary>
    [FieldOffset(Padding + 8)]
    public int Sleeping;

    [FieldOffset(Padding + 12)]
    public bool IsEnded;

    public CrossThreadState() => _stack = NotRunning;

    /// <summary>True if the loop runs on some thread whose stack is known.</summary>
    public readonly bool IsRunning => Volatile.Read(in _stack) != NotRunning;

    /// <summary>
    /// True only on the loop's thread while the loop runs there. It compares the position of this frame's stack, because no two threads share one. False may
    /// also mean that the stack is deep: then check the thread.
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
    /// Makes <see cref="IsHere"/> return false while a sibling runs or ends inside this loop's run. Returns the argument for <see cref="ShowStack"/>.
    /// </summary>
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
        if (StackLimit.IsAlwaysShort || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return;
        _stack = ((nuint)(&here) + StackMargin) | (1UL << AddressBits);
    }

    /// <summary>The run has ended.</summary>
    public void ForgetStack() => Volatile.Write(ref _stack, NotRunning);

    /// <summary>The runtime has ensured the stack below this frame, which belongs to the loop's thread.</summary>
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

using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// Whether code runs on the loop's thread, told by where its stack is: no two threads share one. It costs a subtraction; asking for the thread's own
/// variable costs 3 ns.
/// </summary>
public sealed partial class EventLoop
{
    /// <summary>How far down from the run's frame an address is taken for one of its stack: half of what the runtime is asked to make sure of.</summary>
    private const int StackSpan = 64 * 1024;

    /// <summary>Frames that the run calls may begin a little above the one that was measured.</summary>
    private const int StackMargin = 256;

    /// <summary>True only on the loop's thread while the loop runs there. False may also mean that the stack is deep: then ask the thread.</summary>
    internal unsafe bool IsHere
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        [SkipLocalsInit]
        get
        {
            byte here;
            return _shared.StackTop - (nuint)(&here) < _shared.StackSpan;
        }
    }

    /// <summary>Has <see cref="IsHere"/> say no while a sibling ends inside of this loop's run. Returns what <see cref="ShowStack"/> needs.</summary>
    internal nuint HideStack()
    {
        var span = _shared.StackSpan;
        _shared.StackSpan = 0;
        return span;
    }

    internal void ShowStack(nuint span) => _shared.StackSpan = span;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private unsafe void NoteStack()
    {
        byte here;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return;
        _shared.StackTop = (nuint)(&here) + StackMargin;
        _shared.StackSpan = StackSpan;
    }
}

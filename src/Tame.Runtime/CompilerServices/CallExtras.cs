using System.Diagnostics;

namespace Tame.CompilerServices;

/// <summary>
/// What few blocks need, apart from them: those that do without are 32 bytes smaller, and so one cache line shorter. A block that has needed it keeps it.
/// </summary>
internal sealed class CallExtras
{
    /// <summary>The events after the first.</summary>
    public ExtraCells More = new();

    /// <summary>The failures of the block's events.</summary>
    public BlockFailures Failures;

    /// <summary>The failures of blocks that an exception has left, until that exception is at hand. Only a call has them.</summary>
    public List<Exception>? Left;

    /// <summary>The innermost open block of a call; null where that is the call itself.</summary>
    public NestedBlock? Nested;

    /// <summary>
    /// What the call joined last. Null while it waits in a block; else it stays, for most often the next join is of the same, and writing a reference is
    /// what costs here.
    /// </summary>
    public RendezvousBase? Joining;

    /// <summary>The execution context to resume in; null where that is the loop's own.</summary>
    public ExecutionContext? Context;

    /// <summary>What the call has taken of each resource, less what it has given back; null where it has taken nothing.</summary>
    public double[]? Holding;

    /// <summary>The call in a trace; null where it is not traced.</summary>
    public Activity? Span;

    /// <summary>What the profile remembers of the wait. Only a call has it, once its waits have been measured.</summary>
    public WaitMark? Mark;
}

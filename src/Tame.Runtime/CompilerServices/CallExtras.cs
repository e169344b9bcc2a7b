using System.Diagnostics;

namespace Tame.CompilerServices;

/// <summary>Data that few blocks need. Blocks without it are 32 bytes smaller, and so one cache line shorter. A block that has needed it keeps it.</summary>
internal sealed class CallExtras
{
    /// <summary>The events after the first.</summary>
    public ExtraCells More = new();

    /// <summary>The failures of the block's events.</summary>
    public BlockFailures Failures;

    /// <summary>The failures of blocks that an exception has left, until that exception is available. Only a call has them.</summary>
    public List<Exception>? Left;

    /// <summary>The innermost open block of a call. Null if that is the call itself.</summary>
    public NestedBlock? Nested;

    /// <summary>
    /// The rendezvous that the call last joined. Null while the call waits in a block. Otherwise it stays, because usually the next join is on the same one and
    /// writing a reference is expensive.
    /// </summary>
    public RendezvousBase? Joining;

    /// <summary>The execution context to resume in. Null means the loop's own.</summary>
    public ExecutionContext? Context;

    /// <summary>The amounts that the call has taken of each resource, minus what it has given back. Null if it has taken nothing.</summary>
    public double[]? Holding;

    /// <summary>The call's span in a trace. Null if the call is not traced.</summary>
    public Activity? Span;

    /// <summary>The profile's data about the wait. Only a call has it, after its waits have been measured.</summary>
    public WaitMark? Mark;
}

using Microsoft.CodeAnalysis;

namespace Tame.Generator.Flow;

internal enum FlowEventKind
{
    /// <summary>The variable's value is needed (for a reference: its target).</summary>
    Use,

    /// <summary>The whole variable is overwritten.</summary>
    Define,

    /// <summary>The variable is named, but its value is neither needed nor lost: a field of it is written, or it becomes a slot.</summary>
    Touch,

    /// <summary>The body may wait. Index is the wait's.</summary>
    Wait,
}

/// <summary>One effect of an operation on a variable, or a wait. A block's events are in evaluation order.</summary>
internal readonly struct FlowEvent
{
    public FlowEvent(FlowEventKind kind, int index, IOperation operation)
    {
        Kind = kind;
        Index = index;
        Operation = operation;
    }

    public FlowEventKind Kind { get; }
    public int Index { get; }
    public IOperation Operation { get; }
}

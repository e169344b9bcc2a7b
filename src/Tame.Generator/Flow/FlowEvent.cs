using Microsoft.CodeAnalysis;

namespace Tame.Generator.Flow;

internal enum FlowEventKind
{
    /// <summary>The variable's value (of a reference: where it points) is needed.</summary>
    Use,

    /// <summary>The whole variable is overwritten.</summary>
    Define,

    /// <summary>The variable is named, but its value is neither needed nor lost: a field of it is written, it becomes a slot.</summary>
    Touch,

    /// <summary>The body may block; Index is the wait's.</summary>
    Wait,
}

/// <summary>One thing that an operation does to a variable, or a wait; a block's events stand in evaluation order.</summary>
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

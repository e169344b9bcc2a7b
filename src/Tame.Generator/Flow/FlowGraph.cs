using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Tame.Generator.Flow;

/// <summary>
/// The possible paths through a body, as far as the compiler can tell, including exceptional ones. A finally has one copy of its nodes for each destination
/// after it.
/// </summary>
internal sealed class FlowGraph
{
    public FlowGraph(IReadOnlyList<FlowNode> nodes, VariableTable variables)
    {
        Nodes = nodes;
        Variables = variables;
    }

    /// <summary>Reachable nodes only, the entry first.</summary>
    public IReadOnlyList<FlowNode> Nodes { get; }

    public VariableTable Variables { get; }
}

/// <summary>A block, on one path through the enclosing finally handlers.</summary>
internal sealed class FlowNode
{
    public FlowNode(int index, FlowBlock block, FlowEvent[] events, FinallyContext? context)
    {
        Index = index;
        Block = block;
        Events = events;
        Context = context;
    }

    public int Index { get; }
    public FlowBlock Block { get; }
    public FlowEvent[] Events { get; }

    /// <summary>The destinations after the finally handlers around this node. Null outside of any.</summary>
    public FinallyContext? Context { get; }

    /// <summary>Edges taken at the end of the block.</summary>
    public List<FlowEdge> Next { get; } = new();

    /// <summary>Edges taken from any point in the block, to the handlers of exceptions from its operations.</summary>
    public List<FlowEdge> Raised { get; } = new();
}

/// <summary>A step from one node to another, with the variables whose lifetime starts on it.</summary>
internal readonly struct FlowEdge
{
    public FlowEdge(FlowNode target, BitRow born)
    {
        Target = target;
        Born = born;
    }

    public FlowNode Target { get; }
    public BitRow Born { get; }
}

/// <summary>The reason why a finally handler runs: on the path to a block, or to the handlers of an exception.</summary>
internal sealed class FinallyContext
{
    public const int Exceptional = -1;

    public FinallyContext(int destination, FinallyContext? outer)
    {
        Destination = destination;
        Outer = outer;
    }

    /// <summary>The ordinal of the block to which control continues, after outer finally handlers, or Exceptional.</summary>
    public int Destination { get; }

    /// <summary>The context of the finally handler that contains this handler's try.</summary>
    public FinallyContext? Outer { get; }
}

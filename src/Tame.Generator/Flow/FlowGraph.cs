using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Tame.Generator.Flow;

/// <summary>
/// The paths through a body that are possible as far as the compiler can tell, exceptional ones included; a finally has one copy
/// of its nodes for each place that it goes on to.
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

/// <summary>A block, on one way through the finally handlers around it.</summary>
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

    /// <summary>Where the finally handlers that this node stands in go on to; null outside of any.</summary>
    public FinallyContext? Context { get; }

    /// <summary>Taken at the end of the block.</summary>
    public List<FlowEdge> Next { get; } = new();

    /// <summary>Taken from any point in the block: to the handlers of what its operations throw.</summary>
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

/// <summary>The reason why a finally handler runs: on the way to a block, or to the handlers of an exception.</summary>
internal sealed class FinallyContext
{
    public const int Exceptional = -1;

    public FinallyContext(int destination, FinallyContext? outer)
    {
        Destination = destination;
        Outer = outer;
    }

    /// <summary>The ordinal of the block that control goes on to, outer finally handlers first; or Exceptional.</summary>
    public int Destination { get; }

    /// <summary>The context of the finally handler that this one's try stands in.</summary>
    public FinallyContext? Outer { get; }
}

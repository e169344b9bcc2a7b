using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Tame.Generator.Flow.Paths;

/// <summary>Finds a path on which an event is left, and the turn on it after which nothing settles the event any more.</summary>
internal sealed class Way(FlowGraph graph, PathStep[][] steps, PathState?[] atStart)
{
    /// <summary>The last turn of a shortest such path from the start that a settling path does not take; null where there is none.</summary>
    public Turn? To(FlowNode end, int holder)
    {
        var settling = NodesThatLeadToSettling(holder);
        Turn? last = null;
        foreach (var (node, edge) in Shortest(end, holder))
        {
            var others = node.Next.Concat(node.Raised).Where(other => other.Target != edge.Target);
            if (others.Any(other => settling.Contains(other.Target)) && TurnAt(node, edge) is { } turn)
                last = turn;
        }

        return last;
    }

    private HashSet<FlowNode> NodesThatLeadToSettling(int holder)
    {
        var found = new HashSet<FlowNode>(graph.Nodes.Where(node => Settles(node, holder)));
        var grown = true;
        while (grown)
        {
            grown = false;
            foreach (var node in graph.Nodes)
                grown |= node.Next.Concat(node.Raised).Any(edge => found.Contains(edge.Target)) && found.Add(node);
        }

        return found;
    }

    private bool Settles(FlowNode node, int holder) => steps[node.Block.Ordinal].Any(step => step.Index == holder
        && step.Kind is PathStepKind.HandOn or PathStepKind.Ask or PathStepKind.Complete or PathStepKind.Forget);

    /// <summary>Breadth first, through nodes that leave the event as it is.</summary>
    private List<(FlowNode Node, FlowEdge Edge)> Shortest(FlowNode end, int holder)
    {
        var from = new Dictionary<FlowNode, (FlowNode, FlowEdge)>();
        var open = new Queue<FlowNode>();
        open.Enqueue(graph.Nodes[0]);
        while (open.Count > 0 && !from.ContainsKey(end))
        {
            var node = open.Dequeue();
            foreach (var edge in Settles(node, holder) ? node.Raised : node.Next.Concat(node.Raised))
            {
                if (edge.Target.Index == 0 || from.ContainsKey(edge.Target) || atStart[edge.Target.Index]?.IsSettled(holder) != false)
                    continue;
                from.Add(edge.Target, (node, edge));
                open.Enqueue(edge.Target);
            }
        }

        var path = new List<(FlowNode, FlowEdge)>();
        for (var node = end; from.TryGetValue(node, out var step); node = step.Item1)
            path.Insert(0, step);
        return path;
    }

    private static Turn? TurnAt(FlowNode node, FlowEdge edge)
    {
        var block = node.Block;
        var index = node.Next.FindIndex(other => other.Target == edge.Target);
        if (index < 0)
            return edge.Target.Block.Operations.FirstOrDefault() is { } first ? new Turn(first.Syntax, null) : null;
        if (block.BranchValue is not { } condition || node.Next.Count != 2 || block.ConditionKind == ControlFlowConditionKind.None)
            return null;
        return new Turn(condition.Syntax, (index == 0) == (block.ConditionKind == ControlFlowConditionKind.WhenTrue));
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Tame.Generator.Flow.Paths;

/// <summary>Finds a path on which an event is left, and the turn on it after which nothing settles the event any more.</summary>
internal sealed class Way(IReadOnlyList<PathNode>[] nodes, PathStep[][] steps)
{
    private readonly PathNode[] _all = [.. nodes.SelectMany(there => there)];

    /// <summary>The last turn of a shortest such path from the start that a settling path does not take; null where there is none.</summary>
    public Turn? To(FlowNode end, int holder)
    {
        var settling = NodesThatLeadToSettling(holder);
        Turn? last = null;
        foreach (var (from, to) in Shortest(end, holder))
        {
            if (Ways(from).Any(other => other != to && settling.Contains(other)) && TurnAt(from.Flow, to.Flow) is { } turn)
                last = turn;
        }

        return last;
    }

    private static IEnumerable<PathNode> Ways(PathNode node) => node.Next.Concat(node.Raised);

    private HashSet<PathNode> NodesThatLeadToSettling(int holder)
    {
        var found = new HashSet<PathNode>(_all.Where(node => Settles(node, holder)));
        var grown = true;
        while (grown)
        {
            grown = false;
            for (var i = _all.Length - 1; i >= 0; i--)
                grown |= Ways(_all[i]).Any(found.Contains) && found.Add(_all[i]);
        }

        return found;
    }

    private bool Settles(PathNode node, int holder) => steps[node.Flow.Block.Ordinal].Any(step => step.Index == holder
        && step.Kind is PathStepKind.HandOn or PathStepKind.Ask or PathStepKind.Complete or PathStepKind.Forget);

    /// <summary>Breadth first, through nodes that leave the event as it is.</summary>
    private List<(PathNode From, PathNode To)> Shortest(FlowNode end, int holder)
    {
        var from = new Dictionary<PathNode, PathNode>();
        var open = new Queue<PathNode>();
        open.Enqueue(_all[0]);
        PathNode? last = null;
        while (open.Count > 0 && last is null)
        {
            var node = open.Dequeue();
            foreach (var next in Settles(node, holder) ? node.Raised : Ways(node))
            {
                if (next == _all[0] || from.ContainsKey(next) || next.AtStart.IsSettled(holder))
                    continue;
                from.Add(next, node);
                open.Enqueue(next);
                if (next.Flow == end)
                    last ??= next;
            }
        }

        var path = new List<(PathNode, PathNode)>();
        for (var node = last; node is not null && from.TryGetValue(node, out var before); node = before)
            path.Insert(0, (before, node));
        return path;
    }

    private static Turn? TurnAt(FlowNode node, FlowNode next)
    {
        var block = node.Block;
        var index = node.Next.FindIndex(other => other.Target == next);
        if (index < 0)
            return next.Block.Operations.FirstOrDefault() is { } first ? new Turn(first.Syntax, null) : null;
        if (block.BranchValue is not { } condition || node.Next.Count != 2 || block.ConditionKind == ControlFlowConditionKind.None)
            return null;
        return new Turn(condition.Syntax, (index == 0) == (block.ConditionKind == ControlFlowConditionKind.WhenTrue));
    }
}

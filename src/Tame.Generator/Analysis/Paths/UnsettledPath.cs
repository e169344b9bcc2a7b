using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Tame.Generator.Flow;

namespace Tame.Generator.Analysis.Paths;

/// <summary>Finds a path on which an event stays pending, and the branch after which no code on it settles the event.</summary>
internal sealed class UnsettledPath(IReadOnlyList<PathNode>[] nodes, PathStep[][] steps)
{
    private readonly PathNode[] _all = [.. nodes.SelectMany(there => there)];

    /// <summary>The last branch of a shortest such path that a settling path takes the other way; null if every path leaves the event pending.</summary>
    public PathBranch? LastBranchBefore(FlowNode end, int holder)
    {
        var settling = NodesThatLeadToSettling(holder);
        PathBranch? last = null;
        foreach (var (from, to) in Shortest(end, holder))
        {
            if (Successors(from).Any(other => other != to && settling.Contains(other)) && BranchAt(from.Flow, to.Flow) is { } branch)
                last = branch;
        }

        return last;
    }

    private static IEnumerable<PathNode> Successors(PathNode node) => node.Next.Concat(node.Raised);

    private HashSet<PathNode> NodesThatLeadToSettling(int holder)
    {
        var found = new HashSet<PathNode>(_all.Where(node => Settles(node, holder)));
        var grown = true;
        while (grown)
        {
            grown = false;
            for (var i = _all.Length - 1; i >= 0; i--)
                grown |= Successors(_all[i]).Any(found.Contains) && found.Add(_all[i]);
        }

        return found;
    }

    private bool Settles(PathNode node, int holder) => steps[node.Flow.Block.Index].Any(step => step.Index == holder
        && step.Kind is PathStepKind.HandOn or PathStepKind.Ask or PathStepKind.Complete or PathStepKind.Forget);

    /// <summary>Breadth first, through nodes that leave the event unchanged.</summary>
    private List<(PathNode From, PathNode To)> Shortest(FlowNode end, int holder)
    {
        var from = new Dictionary<PathNode, PathNode>();
        var open = new Queue<PathNode>();
        open.Enqueue(_all[0]);
        PathNode? last = null;
        while (open.Count > 0 && last is null)
        {
            var node = open.Dequeue();
            foreach (var next in Settles(node, holder) ? node.Raised : Successors(node))
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

    private static PathBranch? BranchAt(FlowNode node, FlowNode next)
    {
        var block = node.Block;
        var index = node.Next.FindIndex(other => other.Target == next);
        if (index < 0)
            return next.Block.Operations.FirstOrDefault() is { } first ? new PathBranch(first.Syntax, null) : null;
        if (block.BranchValue is not { } condition || node.Next.Count != 2 || block.ConditionKind == ControlFlowConditionKind.None)
            return null;
        return new PathBranch(condition.Syntax, (index == 0) == (block.ConditionKind == ControlFlowConditionKind.WhenTrue));
    }
}

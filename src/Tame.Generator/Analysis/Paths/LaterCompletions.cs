using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Flow;

namespace Tame.Generator.Analysis.Paths;

/// <summary>
/// Finds completions that always follow an earlier one of the same event that occurs only on some paths: usually a <c>return</c> is missing between them. A
/// condition that the analysis does not understand may exclude what it guards, so a completion counts only if no path from the earlier one avoids it.
/// </summary>
internal sealed class LaterCompletions(FlowGraph graph, IReadOnlyList<PathNode>[] nodes, PathStep[][] steps)
{
    private readonly HashSet<(FlowNode From, FlowNode To)> _back = BackEdges(graph);

    /// <summary>Whether the call is a statement, so that its result is not used.</summary>
    public static bool IsUnused(IOperation call) => call.Parent is IExpressionStatementOperation;

    /// <summary>The pairs of completions of one event. An event that has failed may be completed again, because code does so as a last resort.</summary>
    public IEnumerable<(PathStep Earlier, PathStep Later)> Find()
    {
        var many = new HashSet<int>(steps.SelectMany(block => block).Where(IsCompletion).GroupBy(step => step.Index).Where(group => group.Count() > 1).Select(group => group.Key));
        foreach (var node in nodes.SelectMany(there => there))
        {
            var block = StepsOf(node);
            for (var i = 0; i < block.Length; i++)
            {
                if (!IsCompletion(block[i]) || !many.Contains(block[i].Index) || ((IInvocationOperation)block[i].Operation).TargetMethod.Name == "Fail") continue;
                foreach (var later in FollowersOf(node, i)) yield return (block[i], later);
            }
        }
    }

    private static bool IsCompletion(PathStep step) => step.Kind == PathStepKind.Complete;

    private PathStep[] StepsOf(PathNode node) => steps[node.Flow.Block.Index];

    /// <summary>The next completions on the paths from one, if every path meets one. A loop that they enter is assumed to end.</summary>
    private List<PathStep> FollowersOf(PathNode start, int step)
    {
        var found = new List<PathStep>();
        var passed = new List<PathNode>();
        var seen = new HashSet<PathNode>();
        var open = new Stack<(PathNode Node, int From)>([(start, step + 1)]);
        while (open.Count > 0)
        {
            var (node, from) = open.Pop();
            switch (Decide(node, from, StepsOf(start)[step].Index, start.Flow.Context, found))
            {
                case true:
                    continue;
                case null when node.Next.Count > 0 && !IsThrown(node.Flow):
                    passed.Add(node);
                    break;
                default:
                    return [];
            }

            foreach (var next in node.Next)
            {
                if (!IsBack(node, next) && seen.Add(next)) open.Push((next, 0));
            }
        }

        // A path that leads back to before the first completion begins another iteration, about which nothing is certain.
        var places = new HashSet<FlowNode>(seen.Select(node => node.Flow));
        return passed.All(node => node.Next.All(next => !IsBack(node, next) || places.Contains(next.Flow))) ? found : [];
    }

    private bool IsBack(PathNode from, PathNode to) => _back.Contains((from.Flow, to.Flow));

    /// <summary>
    /// True if the steps of a node complete the event without using the result, false if they do something else with it, null if they do not use it.
    /// </summary>
    private bool? Decide(PathNode node, int from, int holder, FinallyContext? context, List<PathStep> found)
    {
        foreach (var step in StepsOf(node).Skip(from))
        {
            if (step.Kind == PathStepKind.Leave) return false;
            if (step.Index != holder || step.Kind is not (PathStepKind.Complete or PathStepKind.Ask or PathStepKind.HandOn or PathStepKind.Assign or PathStepKind.Forget)) continue;
            if (!IsCompletion(step) || !IsUnused(step.Operation) || IsSafetyNet(node.Flow, context)) return false;
            found.Add(step);
            return true;
        }

        return null;
    }

    /// <summary>A finally that is entered after the first completion completes the event for the paths that did not.</summary>
    private static bool IsSafetyNet(FlowNode node, FinallyContext? ofEarlier)
    {
        for (var context = ofEarlier; context is not null; context = context.Outer)
        {
            if (context == node.Context) return false;
        }

        return node.Context is not null;
    }

    private static bool IsThrown(FlowNode node) => node.Block.FallThroughSuccessor?.Semantics switch
    {
        ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow => true,
        ControlFlowBranchSemantics.StructuredExceptionHandling => node.Context is null or { Destination: FinallyContext.Exceptional },
        _ => false,
    };

    /// <summary>The edges that close a loop: to a node that the walk from the start has entered and not left.</summary>
    private static HashSet<(FlowNode, FlowNode)> BackEdges(FlowGraph graph)
    {
        var found = new HashSet<(FlowNode, FlowNode)>();
        var known = new HashSet<FlowNode>();
        var inside = new HashSet<FlowNode>();
        var open = new Stack<(FlowNode Node, bool IsLeft)>([(graph.Nodes[0], false)]);
        while (open.Count > 0)
        {
            var (node, isLeft) = open.Pop();
            if (isLeft)
            {
                inside.Remove(node);
                continue;
            }

            if (!known.Add(node)) continue;
            inside.Add(node);
            open.Push((node, true));
            foreach (var edge in node.Next.Concat(node.Raised))
            {
                if (inside.Contains(edge.Target)) found.Add((node, edge.Target));
                else if (!known.Contains(edge.Target)) open.Push((edge.Target, false));
            }
        }

        return found;
    }
}

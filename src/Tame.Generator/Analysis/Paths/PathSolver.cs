using Tame.Generator.Flow;

namespace Tame.Generator.Analysis.Paths;

/// <summary>
/// The input of the path analysis of a body: the steps of each block, their numbering, the number of its event parameters, and the values to follow.
/// </summary>
internal sealed record PathQuestion(FlowGraph Graph, PathStep[][] Steps, PathTable Table, int Parameters, KnownValues Known);

/// <summary>Finds the state at each node of a body, separately for each knowledge with which paths arrive there.</summary>
internal sealed class PathSolver
{
    /// <summary>The number of kinds of paths to one node that are kept apart. Further kinds are merged and know nothing.</summary>
    private const int MostAtOnePlace = 24;

    private readonly PathStep[][] _steps;
    private readonly PathTable _table;
    private readonly KnownValues _knowledge;
    private readonly List<PathNode>[] _at;
    private readonly Queue<PathNode> _open = new();

    private PathSolver(PathQuestion question)
    {
        (_, _steps, _table, _, _knowledge) = question;
        _at = [.. question.Graph.Nodes.Select(_ => new List<PathNode>())];
    }

    /// <summary>The path nodes of each node, in the order of the graph.</summary>
    public static IReadOnlyList<PathNode>[] Solve(PathQuestion question, CancellationToken cancellationToken)
    {
        FindLooped(question);
        var solver = new PathSolver(question);
        var start = new PathNode(question.Graph.Nodes[0], question.Known.Nothing, PathState.AtStart(question.Table, question.Parameters));
        solver._at[0].Add(start);
        solver._open.Enqueue(start);
        while (solver._open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            solver.Follow(solver._open.Dequeue());
        }

        return [.. solver._at];
    }

    private static void FindLooped(PathQuestion question)
    {
        var (graph, steps, table, _, _) = question;
        foreach (var node in graph.Nodes)
        {
            var counted = steps[node.Block.Index].Select(step => step.Kind switch
            {
                PathStepKind.Make => table.Sites[step.Index].Rendezvous,
                PathStepKind.Join when step.Index >= 0 => step.Index,
                _ => null,
            }).OfType<int>().ToList();
            if (counted.Count > 0 && IsInLoop(node))
                counted.ForEach(table.AddLooped);
        }
    }

    private static bool IsInLoop(FlowNode node)
    {
        var found = new HashSet<FlowNode>();
        var open = new Stack<FlowNode>([node]);
        while (open.Count > 0)
        {
            var from = open.Pop();
            foreach (var edge in from.Next.Concat(from.Raised))
            {
                if (edge.Target == node)
                    return true;
                if (found.Add(edge.Target))
                    open.Push(edge.Target);
            }
        }

        return false;
    }

    private void Follow(PathNode node)
    {
        var (state, known) = (node.AtStart.Copy(), node.Known);
        foreach (var step in _steps[node.Flow.Block.Index])
        {
            if (step.Kind == PathStepKind.Leave)
                return;
            state.Take(step);
            known = Learn(known, step);
            if (step.Kind == PathStepKind.MayThrow)
                Raise(node, state, known);
        }

        for (var way = 0; way < node.Flow.Next.Count; way++)
        {
            if (_knowledge.Passing(node.Flow, way, known) is { } passed)
                Go(node.Next, node.Flow.Next[way].Target, state, passed);
        }
    }

    private void Raise(PathNode node, PathState state, ulong known)
    {
        foreach (var edge in node.Flow.Raised)
            Go(node.Raised, edge.Target, state, known);
    }

    private ulong Learn(ulong known, PathStep step) => step.Kind switch
    {
        PathStepKind.Set => _knowledge.Set(known, _table.ValueAt(step.Index), step.Operation),
        PathStepKind.SetUnknown => _knowledge.Set(known, _table.ValueAt(step.Index), null),
        PathStepKind.Add => _knowledge.Add(known, _table.ValueAt(step.Index), StepReader.Summand(step.Operation)!.Value),
        PathStepKind.Make => Filled(known, site => site.Index == step.Index),
        PathStepKind.Complete => Filled(known, site => site == _table.SiteOf(step.Index)),
        PathStepKind.EndBlock => Filled(known, site => site.Block is null || site.Block == step.Index),
        PathStepKind.Join => Filled(known, site => site.Block is null),
        _ => known,
    };

    /// <summary>Slots get unknown values when their events may trigger: usually while the body waits for them.</summary>
    private ulong Filled(ulong known, Func<MakeSite, bool> which)
    {
        foreach (var (slot, _) in _table.Sites.Where(which).SelectMany(site => site.Slots))
            known = _knowledge.Set(known, _table.SlotAt(slot), null);
        return known;
    }

    private void Go(List<PathNode> edges, FlowNode target, PathState state, ulong known)
    {
        var there = _at[target.Index];
        known = _knowledge.Needed(target, known);
        if (there.Count >= MostAtOnePlace && there.All(other => other.Known != known))
            known = _knowledge.Nothing;
        var node = there.Find(other => other.Known == known);
        var isNew = node is null;
        if (node is null)
            there.Add(node = new PathNode(target, known, state.Copy()));
        if (!edges.Contains(node))
            edges.Add(node);
        if (isNew || node.AtStart.Meet(state))
            _open.Enqueue(node);
    }
}

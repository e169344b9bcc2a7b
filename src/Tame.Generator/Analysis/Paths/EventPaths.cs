using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Flow;

namespace Tame.Generator.Analysis.Paths;

/// <summary>Follows the events of one tamed body along its paths. Finds events that are lost, completed twice, or abandoned, and unsafe slots.</summary>
internal sealed class EventPaths
{
    private readonly FlowGraph _graph;
    private readonly PathStep[][] _steps;
    private readonly IReadOnlyList<PathNode>[] _nodes;
    private readonly int _parameters;
    private readonly List<PathFinding> _findings = new();

    /// <summary>
    /// Completions whose result is not used, and whether each comes after another on every path. A finally is in the graph once for each path out.
    /// </summary>
    private readonly Dictionary<PathStep, bool> _isVain = new();

    private EventPaths(FlowGraph graph, PathStep[][] steps, PathTable table, int parameters, IReadOnlyList<PathNode>[] nodes)
    {
        _graph = graph;
        _steps = steps;
        Table = table;
        _parameters = parameters;
        _nodes = nodes;
    }

    public PathTable Table { get; }

    private IReadOnlyList<WaitPoint> Waits { get; init; } = [];

    public static IReadOnlyList<PathFinding> Find(IMethodBodyOperation body, BodyFlow flow, PrimitiveSymbols primitives, CancellationToken cancellationToken)
    {
        var (facts, (blocks, aliases, graph)) = (flow.Facts, flow.Graph);
        var reader = new StepReader(primitives, facts, aliases, SteadyVariables.Find(body, facts));
        var parameters = reader.Table.Holders.Count;
        var steps = reader.Read(blocks, cancellationToken);
        var known = new KnownValues(graph, new ConditionReader(reader.Resolved, reader.SteadyVariableOf));
        var nodes = PathSolver.Solve(new PathQuestion(graph, steps, reader.Table, parameters, known), cancellationToken);
        var paths = new EventPaths(graph, steps, reader.Table, parameters, nodes) { Waits = facts.Waits };
        paths.Collect();
        return paths._findings;
    }

    private PathStep[] StepsOf(FlowNode node) => _steps[node.Block.Index];

    private void Collect()
    {
        foreach (var node in _graph.Nodes)
        {
            if (Start(node) is { } state && Goes(node, state))
                CheckAfter(node, state);
        }

        CheckCompletions();
    }

    /// <summary>The state on every path to a node. Null if no path leads there.</summary>
    private PathState? Start(FlowNode node)
    {
        PathState? start = null;
        foreach (var way in _nodes[node.Index])
        {
            if (start is null)
                start = way.AtStart.Copy();
            else
                start.Meet(way.AtStart);
        }

        return start;
    }

    /// <summary>Checks the steps of a node, and returns whether it continues.</summary>
    private bool Goes(FlowNode node, PathState state)
    {
        foreach (var step in StepsOf(node))
        {
            if (step.Kind == PathStepKind.Leave)
                return false;
            Check(step, state);
            state.Take(step);
        }

        return true;
    }

    private void CheckAfter(FlowNode node, PathState state)
    {
        if (node.Next.Any(edge => edge.Target.Block.IsExit))
            CheckRendezvous(state);
        if (node.Block.IsExit)
            CheckAtEnd(node, state);
    }

    private void Check(PathStep step, PathState state)
    {
        switch (step.Kind)
        {
            case PathStepKind.Complete when LaterCompletions.IsUnused(step.Operation):
                _isVain[step] = state.IsCompleted(step.Index) && (!_isVain.TryGetValue(step, out var isVain) || isVain);
                break;
            case PathStepKind.Make:
                CheckMade(Table.Sites[step.Index], state);
                break;
            case PathStepKind.EndBlock:
                CheckBlock(step.Index, state);
                break;
            case PathStepKind.Read when Filler(step, state) is { } site:
                Add(new PathFinding(FindingKind.ReadTooEarly, step.Operation.Syntax, Table.SlotAt(step.Index).Name) { Earlier = site.Call.Syntax, Wait = site.Block });
                break;
        }
    }

    private void CheckCompletions()
    {
        foreach (var step in _isVain.Keys.Where(step => _isVain[step]))
            Add(new PathFinding(FindingKind.CompletedTwice, step.Operation.Syntax, Table.HolderAt(step.Index).Name) { Earlier = FirstCompletion(step.Index) });

        foreach (var (earlier, later) in new LaterCompletions(_graph, _nodes, _steps).Find())
        {
            if (!_isVain[later])
                Add(new PathFinding(FindingKind.MayBeCompletedTwice, later.Operation.Syntax, Table.HolderAt(later.Index).Name) { Earlier = earlier.Operation.Syntax });
        }
    }

    private SyntaxNode FirstCompletion(int holder) => _graph.Nodes.SelectMany(StepsOf)
        .Where(step => step.Kind == PathStepKind.Complete && step.Index == holder).Select(step => step.Operation.Syntax).OrderBy(syntax => syntax.SpanStart).First();

    private void CheckMade(MakeSite site, PathState state)
    {
        if (site.IsDropped)
            Add(new PathFinding(FindingKind.GivenToNobody, site.Place, ""));
        foreach (var (slot, argument) in site.Slots)
        {
            var other = Table.Sites.FirstOrDefault(other => other != site && IsOutstanding(other, argument.Syntax, state) && other.Slots.Any(s => s.Slot == slot));
            if (other is not null)
                Add(new PathFinding(FindingKind.SlotTakenTwice, argument.Syntax, Table.SlotAt(slot).Name) { Earlier = other.Call.Syntax });
        }
    }

    /// <summary>An event that the body still holds while it waits for it cannot be completed by other code.</summary>
    private void CheckBlock(int block, PathState state)
    {
        foreach (var site in Table.Sites)
        {
            if (site.Block == block && site.Holder is { } holder && Table.SiteOf(holder) == site && !state.IsSettled(holder))
                Add(new PathFinding(FindingKind.GivenToNobody, site.Place, Table.HolderAt(holder).Name));
        }
    }

    private MakeSite? Filler(PathStep read, PathState state) => Table.Sites.FirstOrDefault(site => IsOutstanding(site, read.Operation.Syntax, state) && site.Slots.Any(slot => slot.Slot == read.Index)
        && (site.IsOfLambda || !StatementOf(site.Call.Syntax).Span.Contains(read.Operation.Syntax.Span)));

    /// <summary>No event of a block is outstanding after it: each was joined, or cancelled by the exception that left the block.</summary>
    private bool IsOutstanding(MakeSite site, SyntaxNode place, PathState state) =>
        state.IsOutstanding(site) && (site.Block is not { } block || Waits[block].Syntax.Span.Contains(place.Span));

    /// <summary>The other arguments are read before the call.</summary>
    private static SyntaxNode StatementOf(SyntaxNode call) =>
        call.AncestorsAndSelf().First(node => node is Microsoft.CodeAnalysis.CSharp.Syntax.StatementSyntax or Microsoft.CodeAnalysis.CSharp.Syntax.ArrowExpressionClauseSyntax);

    /// <summary>An exception has left an event of a block that is not complete when the body ends, so the event was cancelled.</summary>
    private void CheckAtEnd(FlowNode end, PathState state)
    {
        for (var holder = 0; holder < Table.Holders.Count; holder++)
        {
            if (state.IsSettled(holder))
                continue;
            if (holder < _parameters)
                Add(new PathFinding(FindingKind.NeverCompleted, null, Table.HolderAt(holder).Name) { Path = new UnsettledPath(_nodes, _steps).LastBranchBefore(end, holder), Variable = Table.HolderAt(holder) });
            else if (Table.SiteOf(holder) is { Block: null } site)
                Add(new PathFinding(FindingKind.GivenToNobody, site.Place, Table.HolderAt(holder).Name));
        }
    }

    private void CheckRendezvous(PathState state)
    {
        for (var rendezvous = 0; rendezvous < Table.Rendezvous.Count; rendezvous++)
        {
            var (least, most) = (state.CountOf(rendezvous), state.MostOf(rendezvous));
            if (most > 0)
                Add(new PathFinding(FindingKind.Abandoned, null, Table.RendezvousAt(rendezvous).Name) { Count = most, Variable = Table.RendezvousAt(rendezvous), OnSomePath = least < most });
        }
    }

    /// <summary>A finally is in the graph several times. A finding in it is reported once.</summary>
    private void Add(PathFinding finding)
    {
        if (!_findings.Any(known => known.Kind == finding.Kind && known.Place == finding.Place && known.Name == finding.Name))
            _findings.Add(finding);
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Flow;

/// <summary>The results of data flow analysis for one tamed body: where it waits, and which variables the closure must keep.</summary>
internal sealed class BodyFlow
{
    private readonly Dictionary<ISymbol, SyntaxNode> _firstWaitCrossed = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxNode> _reachable = new();
    private readonly Lazy<BodyGraph> _graph;

    private BodyFlow(BodyFacts facts, Lazy<BodyGraph> graph)
    {
        Facts = facts;
        _graph = graph;
    }

    /// <summary>The facts that do not depend on paths.</summary>
    public BodyFacts Facts { get; }

    /// <summary>Created on first use: a body without waits is not analyzed here.</summary>
    public BodyGraph Graph => _graph.Value;

    /// <summary>In source order. A wait in a lambda, local function, or query does not count.</summary>
    public ImmutableArray<WaitPoint> Waits => Facts.Waits;

    /// <summary>Each variable that lives across a wait, with the first such wait in source order. It is used for locals that cannot be kept.</summary>
    public ImmutableArray<(ISymbol Local, SyntaxNode Wait)> LiveAcross { get; private set; } = [];

    /// <summary>The waits at which an `out` parameter may have no value yet.</summary>
    public ImmutableArray<(IParameterSymbol Out, SyntaxNode Wait)> OutParametersUnassignedAtWait { get; private set; } = [];

    /// <summary>The references to an `out` parameter that may come after a wait.</summary>
    public ImmutableArray<(IParameterSymbol Out, SyntaxNode Reference)> OutParametersUsedAfterWait { get; private set; } = [];

    public static BodyFlow Analyze(IMethodBodyOperation body, NestedFunctions nested, PrimitiveSymbols primitives, CancellationToken cancellationToken)
    {
        var facts = BodyFacts.Read(body, nested, primitives, cancellationToken);
        var flow = new BodyFlow(facts, new Lazy<BodyGraph>(() => BodyGraph.Of(body, facts, primitives, cancellationToken)));
        if (!flow.Waits.IsEmpty)
            flow.FollowPaths(body, cancellationToken);
        return flow;
    }

    /// <summary>True if the closure must hold it: it lives across a wait, is a slot, or is captured.</summary>
    public bool IsKept(ISymbol localOrParameter) =>
        IsLiveAcrossWait(localOrParameter) || IsSlot(localOrParameter) || IsCaptured(localOrParameter);

    /// <summary>A captured variable counts as needed wherever it is in scope.</summary>
    public bool IsLiveAcrossWait(ISymbol localOrParameter) => _firstWaitCrossed.ContainsKey(localOrParameter);

    /// <summary>True if the trigger of an event writes its value, or a field of it if it is a struct.</summary>
    public bool IsSlot(ISymbol localOrParameter) => Facts.Slots.Contains(localOrParameter);

    /// <summary>True if a lambda, local function, or query of the body names it.</summary>
    public bool IsCaptured(ISymbol localOrParameter) => Facts.Captures.IsCaptured(localOrParameter);

    /// <summary>False for a wait that no path gets to, as far as the compiler can tell.</summary>
    public bool IsReachable(SyntaxNode wait) => _reachable.Contains(wait);

    private void FollowPaths(IMethodBodyOperation body, CancellationToken cancellationToken)
    {
        var graph = Graph.Flow;
        var crossing = Liveness.Solve(graph, Waits.Length, cancellationToken);
        NoteWaits(graph, crossing);
        NoteCrossings(graph.Variables, crossing);
        if (Facts.Method.Parameters.Any(parameter => parameter.RefKind == RefKind.Out))
            CheckOutParameters(graph, body.SemanticModel!, cancellationToken);
    }

    private void NoteWaits(FlowGraph graph, BitRow[] crossing)
    {
        foreach (var node in graph.Nodes)
        {
            foreach (var item in node.Events)
            {
                if (item.Kind != FlowEventKind.Wait)
                    continue;
                _reachable.Add(Waits[item.Index].Syntax);
                AddCaptured(graph, Waits[item.Index], crossing[item.Index]);
            }
        }
    }

    // The callers of a lambda are unknown, so its captured variables are needed as long as they are in scope.
    private void AddCaptured(FlowGraph graph, WaitPoint wait, BitRow crossing)
    {
        foreach (var captured in Facts.Captures.Variables)
        {
            if (graph.Variables.TryGetIndex(captured, out var index) && Facts.Scopes.IsInScope(captured, wait.Syntax))
                crossing.Add(index);
        }
    }

    private void NoteCrossings(VariableTable variables, BitRow[] crossing)
    {
        var found = ImmutableArray.CreateBuilder<(ISymbol, SyntaxNode)>();
        for (var variable = 0; variable < variables.Count; variable++)
        {
            var wait = Array.FindIndex(crossing, row => row[variable]);
            if (wait < 0)
                continue;
            _firstWaitCrossed.Add(variables[variable], Waits[wait].Syntax);
            found.Add((variables[variable], Waits[wait].Syntax));
        }

        LiveAcross = found.ToImmutable();
    }

    private void CheckOutParameters(FlowGraph graph, SemanticModel model, CancellationToken cancellationToken)
    {
        OutParametersUnassignedAtWait = OutParameters.UnassignedAtWait(Facts.Method, model, Waits, IsReachable);
        OutParametersUsedAfterWait = OutParameters.UsedAfterWait(graph, cancellationToken);
    }
}

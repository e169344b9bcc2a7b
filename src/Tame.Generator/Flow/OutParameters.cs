using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Flow;

/// <summary>Checks that `out` parameters have their values when a body first waits, and are not used from then on.</summary>
internal static class OutParameters
{
    /// <summary>
    /// For each reachable wait, the parameters without a value on some path. Definite assignment is the compiler's, so it treats cases such as structs assigned
    /// field by field like the compiler.
    /// </summary>
    public static ImmutableArray<(IParameterSymbol Out, SyntaxNode Wait)> UnassignedAtWait(
        IMethodSymbol method, SemanticModel model, ImmutableArray<WaitPoint> waits, Func<SyntaxNode, bool> isReachable)
    {
        var found = ImmutableArray.CreateBuilder<(IParameterSymbol, SyntaxNode)>();
        foreach (var wait in waits)
        {
            if (!isReachable(wait.Syntax) || AssignedAt(wait, model) is not { } assigned)
                continue;
            foreach (var parameter in method.Parameters)
            {
                if (parameter.RefKind == RefKind.Out && !assigned.Contains(parameter, SymbolEqualityComparer.Default))
                    found.Add((parameter, wait.Syntax));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>In source order, each reference to one that may come after a wait.</summary>
    public static ImmutableArray<(IParameterSymbol Out, SyntaxNode Reference)> UsedAfterWait(FlowGraph graph, CancellationToken cancellationToken)
    {
        var found = new Dictionary<SyntaxNode, IParameterSymbol>();
        var hasWaited = new bool[graph.Nodes.Count];
        var changed = true;
        while (changed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            changed = false;
            foreach (var node in graph.Nodes)
                changed |= Pass(node, hasWaited, graph.Variables, found);
        }

        return found
            .OrderBy(pair => pair.Key.SpanStart)
            .Select(pair => (pair.Value, pair.Key))
            .ToImmutableArray();
    }

    private static bool Pass(FlowNode node, bool[] hasWaited, VariableTable variables, Dictionary<SyntaxNode, IParameterSymbol> found)
    {
        var waited = hasWaited[node.Index];
        foreach (var item in node.Events)
        {
            if (item.Kind == FlowEventKind.Wait)
                waited = true;
            else if (waited && variables[item.Index] is IParameterSymbol { RefKind: RefKind.Out } parameter)
                found[item.Operation.Syntax] = parameter;
        }

        return waited && (Mark(node.Next, hasWaited) | Mark(node.Raised, hasWaited));
    }

    private static bool Mark(List<FlowEdge> edges, bool[] hasWaited)
    {
        var changed = false;
        foreach (var edge in edges)
        {
            changed |= !hasWaited[edge.Target.Index];
            hasWaited[edge.Target.Index] = true;
        }

        return changed;
    }

    // Null if the compiler has no answer, which it guarantees only for a body without errors.
    private static ImmutableArray<ISymbol>? AssignedAt(WaitPoint wait, SemanticModel model)
    {
        var analysis = wait.Syntax is StatementSyntax statement
            ? model.AnalyzeDataFlow(statement)
            : model.AnalyzeDataFlow((ExpressionSyntax)wait.Syntax);
        return analysis is { Succeeded: true } ? analysis.DefinitelyAssignedOnExit : null;
    }
}

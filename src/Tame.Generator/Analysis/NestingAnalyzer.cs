using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;
using Tame.Generator.Binding.Reuse;
using Tame.Generator.Lowering;
using Tame.Generator.Model;

namespace Tame.Generator.Analysis;

/// <summary>Reports which methods have a checkpoint, and names the cycle of calls. It is a separate analyzer, so that it runs only on request.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NestingAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.MayNest];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(Binder.TamedAttribute) is not { } tamed) return;
            var found = new ConcurrentDictionary<TamedCalls, Location>();
            start.RegisterSymbolAction(type => Collect(type, tamed, found), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(end, found));
        });
    }

    private static void Collect(SymbolAnalysisContext context, INamedTypeSymbol tamed, ConcurrentDictionary<TamedCalls, Location> found)
    {
        foreach (var (method, syntax, attribute) in Pairing.Declarations((INamedTypeSymbol)context.Symbol, tamed, context.CancellationToken))
        {
            BoundPair.Ask(method, () =>
            {
                var bound = Binder.Bind(method, syntax, attribute, context.Compilation, context.CancellationToken);
                if (bound.Method?.Calls is { } calls) found.TryAdd(calls, syntax.Identifier.GetLocation());
            });
        }
    }

    private static void Report(CompilationAnalysisContext context, ConcurrentDictionary<TamedCalls, Location> found)
    {
        var graph = new CallGraph(found.Keys, FileNames.Of(context.Compilation));
        foreach (var (calls, place) in found.Where(pair => graph.MayNest(pair.Key.Key)).Select(pair => (pair.Key, pair.Value)))
        {
            var cycle = string.Join(" → ", graph.CycleOf(calls.Key).Select(name => name ?? "code that is not analyzed"));
            var end = calls.HasOut ? "throws InsufficientExecutionStackException, because it has an 'out' parameter" : "starts later, from the ready queue";
            context.ReportDiagnostic(Diagnostic.Create(Rules.MayNest, place, calls.Name, cycle, end));
        }
    }
}

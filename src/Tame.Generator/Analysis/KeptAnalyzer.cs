using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;
using Tame.Generator.Lowering;

namespace Tame.Generator.Analysis;

/// <summary>Reports on each declaration what a call keeps. It is a separate analyzer, so that a compiler that hides this report need not run it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeptAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.Kept];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(Binder.TamedAttribute) is { } tamed)
                start.RegisterSymbolAction(type => Report(type, tamed), SymbolKind.NamedType);
        });
    }

    private static void Report(SymbolAnalysisContext context, INamedTypeSymbol tamed)
    {
        foreach (var (method, syntax, attribute) in Pairing.Declarations((INamedTypeSymbol)context.Symbol, tamed, context.CancellationToken))
        {
            BoundPair.Ask(method, () =>
            {
                var bound = Binder.Bind(method, syntax, attribute, context.Compilation, context.CancellationToken);
                if (bound is { Context: { } body, Method: { } model } && Lowerer.Lower(model) is { HasClosure: true } machine)
                    context.ReportDiagnostic(new KeptValues(body, [.. machine.Prologue?.Transient ?? default]).Describe(syntax.Identifier.GetLocation()));
            });
        }
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Generator.Flow;

namespace Tame.Generator.Analysis;

/// <summary>
/// Suppresses the compiler's warning if an <c>mkevent</c> and the code that triggers its event have different nullable annotations, and every slot accepts the
/// possible values: <c>mkevent(out addrs[i])</c> is an <c>Event&lt;IPAddress&gt;</c> even if <c>addrs[i]</c> may hold null.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SlotNullabilitySuppressor : DiagnosticSuppressor
{
    private const string Why = "Each slot of the event admits what its trigger may write";

    /// <inheritdoc />
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } =
    [
        new("TAMESPR001", "CS8620", Why),
        new("TAMESPR002", "CS8619", Why),
        new("TAMESPR008", "CS8603", Why),
        new("TAMESPR009", "CS8604", Why),
        new("TAMESPR010", "CS8621", Why),
        new("TAMESPR011", "CS8625", Why),
    ];

    /// <inheritdoc />
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        if (PrimitiveSymbols.Resolve(context.Compilation) is not { } primitives) return;
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree) continue;
            var place = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (place is ExpressionSyntax expression && new SlotNullability(context.GetSemanticModel(tree), primitives, context.CancellationToken).Admits(expression))
                context.ReportSuppression(Suppression.Create(SupportedSuppressions.Single(descriptor => descriptor.SuppressedDiagnosticId == diagnostic.Id), diagnostic));
        }
    }
}

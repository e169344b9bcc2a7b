using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Generator.Binding.Rewrite;
using Tame.Generator.Flow;
using Tame.Generator.Model;

namespace Tame.Generator.Analysis;

/// <summary>
/// Silences the compiler where an <c>mkevent</c> goes to a place that wants the same event with other nullable annotations, and every
/// slot admits what may come: <c>mkevent(out addrs[i])</c> is an <c>Event&lt;IPAddress&gt;</c> even where <c>addrs[i]</c> may hold null.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SlotNullabilitySuppressor : DiagnosticSuppressor
{
    private const string Why = "Each slot of the event admits what its trigger may write";
    private static readonly SuppressionDescriptor s_argument = new("TAMESPR001", "CS8620", Why);
    private static readonly SuppressionDescriptor s_value = new("TAMESPR002", "CS8619", Why);

    /// <inheritdoc />
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [s_argument, s_value];

    /// <inheritdoc />
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        if (PrimitiveSymbols.Resolve(context.Compilation) is not { } primitives) return;
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree) continue;
            var place = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (place is not ExpressionSyntax expression || SlotBinder.Strip(expression) is not InvocationExpressionSyntax call) continue;
            if (SlotNullability.Admits(call, context.GetSemanticModel(tree), primitives, context.CancellationToken))
                context.ReportSuppression(Suppression.Create(diagnostic.Id == "CS8620" ? s_argument : s_value, diagnostic));
        }
    }
}

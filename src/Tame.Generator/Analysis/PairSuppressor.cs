using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;
using Tame.Generator.Model;

namespace Tame.Generator.Analysis;

/// <summary>
/// Suppresses analyzer reports about a body alone that do not apply to the whole method: that a parameter is unused, which its declaration requires, or that
/// the body could be static, which its declaration is not.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PairSuppressor : DiagnosticSuppressor
{
    private const string Why = "A body has the parameters of its declaration, and is static only where that is";
    private static readonly SuppressionDescriptor s_unused = new("TAMESPR003", "IDE0060", Why);
    private static readonly SuppressionDescriptor s_static = new("TAMESPR004", "CA1822", Why);

    /// <inheritdoc />
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [s_unused, s_static];

    /// <inheritdoc />
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        if (context.Compilation.GetTypeByMetadataName(Binder.TamedAttribute) is not { } tamed) return;
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree) continue;
            var place = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
            if (Pairing.BodyAround(place, context.GetSemanticModel(tree), tamed, context.CancellationToken) is { } body && !IsInside(place, body))
                context.ReportSuppression(Suppression.Create(diagnostic.Id == "IDE0060" ? s_unused : s_static, diagnostic));
        }
    }

    /// <summary>A lambda or a local function of a body has no declaration elsewhere.</summary>
    private static bool IsInside(SyntaxNode place, MethodDeclarationSyntax method) =>
        method.Body?.Span.Contains(place.Span) == true || method.ExpressionBody?.Span.Contains(place.Span) == true;
}

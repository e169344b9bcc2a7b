using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Pair;
using Tame.Generator.Binding.Rewrite;
using Tame.Generator.Flow;
using Tame.Generator.Model;

namespace Tame.Generator.Analysis;

/// <summary>
/// Suppresses analyzer reports about a tamed body that arise because C# does not show when events complete: that <c>mkevent</c> overwrites a slot's value,
/// though the event writes later or, unblocked, never; that a rendezvous is not disposed of, though it needs that only if events are left (TAME063); and that a
/// method group could replace the lambda of a <c>twait</c>.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WaitSuppressor : DiagnosticSuppressor
{
    private const string Late = "An event writes its slot when it triggers, and never if it is unblocked";
    private static readonly SuppressionDescriptor s_assigned = new("TAMESPR005", "IDE0059", Late);
    private static readonly SuppressionDescriptor s_declared = new("TAMESPR006", "IDE0018", Late);
    private static readonly SuppressionDescriptor s_disposed = new("TAMESPR007", "CA2000", "A rendezvous all of whose events have completed holds nothing; TAME063 tells of others");
    private static readonly SuppressionDescriptor s_lambda = new("TAMESPR012", "IDE0200", "The text of the lambda becomes a part of the body, and a method group has no text");

    /// <inheritdoc />
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [s_assigned, s_declared, s_disposed, s_lambda];

    /// <inheritdoc />
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        var cancellationToken = context.CancellationToken;
        if (PrimitiveSymbols.Resolve(context.Compilation) is not { } primitives || context.Compilation.GetTypeByMetadataName(Binder.TamedAttribute) is not { } tamed) return;
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree) continue;
            // The span may be that of a whole declaration, argument, or expression. Its first token identifies it.
            if (tree.GetRoot(cancellationToken).FindToken(diagnostic.Location.SourceSpan.Start).Parent is not { } place) continue;
            var model = context.GetSemanticModel(tree);
            if (Pairing.BodyAround(place, model, tamed, cancellationToken) is not { } body) continue;
            var descriptor = SupportedSuppressions.Single(suppression => suppression.SuppressedDiagnosticId == diagnostic.Id);
            var isOurs = descriptor.Equals(s_disposed) ? IsRendezvous(place, model, primitives, cancellationToken)
                : descriptor.Equals(s_lambda) ? place.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is { } lambda && NestedFunctions.IsStartLambda(lambda, model, primitives, cancellationToken)
                : VariableAt(place, descriptor.Equals(s_declared), model, cancellationToken) is { } variable && IsSlot(variable, body, model, primitives, cancellationToken);
            if (isOurs) context.ReportSuppression(Suppression.Create(descriptor, diagnostic));
        }
    }

    /// <summary>The variable that is declared or assigned at a node. A declaration that sets nothing could be in the slot instead.</summary>
    private static ISymbol? VariableAt(SyntaxNode place, bool isSet, SemanticModel model, CancellationToken cancellationToken) => place switch
    {
        IdentifierNameSyntax { Parent: not VariableDeclarationSyntax and not DeclarationExpressionSyntax } name => model.GetSymbolInfo(name, cancellationToken).Symbol,
        SingleVariableDesignationSyntax designation => model.GetDeclaredSymbol(designation, cancellationToken),
        _ when (place.FirstAncestorOrSelf<VariableDeclaratorSyntax>() ?? Only(place)) is { } declarator && !(isSet && declarator.Initializer is null) =>
            model.GetDeclaredSymbol(declarator, cancellationToken),
        _ => null,
    };

    private static VariableDeclaratorSyntax? Only(SyntaxNode place) => place.FirstAncestorOrSelf<VariableDeclarationSyntax>() is { Variables: [var only] } ? only : null;

    private static bool IsSlot(ISymbol variable, MethodDeclarationSyntax body, SemanticModel model, PrimitiveSymbols primitives, CancellationToken cancellationToken) =>
        body.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => Waits.CalledName(call) is "mkevent" or "twait"
            && call.ArgumentList.Arguments.Any(argument => argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword) && Means(argument.Expression, variable, model, cancellationToken))
            && model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol method && (primitives.IsMkevent(method) || primitives.FormOf(method) is WaitForm.Start or WaitForm.Task));

    private static bool Means(ExpressionSyntax slot, ISymbol variable, SemanticModel model, CancellationToken cancellationToken) => SymbolEqualityComparer.Default.Equals(variable, SlotBinder.Strip(slot) switch
    {
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax designation } => model.GetDeclaredSymbol(designation, cancellationToken),
        IdentifierNameSyntax name => model.GetSymbolInfo(name, cancellationToken).Symbol,
        _ => null,
    });

    private static bool IsRendezvous(SyntaxNode place, SemanticModel model, PrimitiveSymbols primitives, CancellationToken cancellationToken) =>
        place.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is { } creation && model.GetTypeInfo(creation, cancellationToken).Type is { Name: "Rendezvous", ContainingType: null } type
        && SymbolEqualityComparer.Default.Equals(type.ContainingNamespace, primitives.Primitives.ContainingNamespace);
}

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
/// Silences what analyzers say of a tamed body because C# does not show when events come: that a slot's value is overwritten by <c>mkevent</c>, though the event
/// writes later or, unblocked, never; that a rendezvous is not disposed of, though it needs that only where events are left (TAME063); and that a method group could stand for the lambda of a <c>twait</c>.
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
        var ct = context.CancellationToken;
        if (PrimitiveSymbols.Resolve(context.Compilation) is not { } primitives || context.Compilation.GetTypeByMetadataName(Binder.TamedAttribute) is not { } tamed) return;
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree) continue;
            // The span may be that of a whole declaration, argument or expression: its first word tells which.
            if (tree.GetRoot(ct).FindToken(diagnostic.Location.SourceSpan.Start).Parent is not { } place) continue;
            var model = context.GetSemanticModel(tree);
            if (Pairing.BodyAround(place, model, tamed, ct) is not { } body) continue;
            var descriptor = SupportedSuppressions.Single(suppression => suppression.SuppressedDiagnosticId == diagnostic.Id);
            var isOurs = descriptor.Equals(s_disposed) ? IsRendezvous(place, model, primitives, ct)
                : descriptor.Equals(s_lambda) ? place.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is { } lambda && NestedFunctions.IsStartLambda(lambda, model, primitives, ct)
                : VariableAt(place, descriptor.Equals(s_declared), model, ct) is { } variable && IsSlot(variable, body, model, primitives, ct);
            if (isOurs) context.ReportSuppression(Suppression.Create(descriptor, diagnostic));
        }
    }

    /// <summary>The variable that is declared or assigned at a place. A declaration that sets nothing may as well stand in the slot.</summary>
    private static ISymbol? VariableAt(SyntaxNode place, bool isSet, SemanticModel model, CancellationToken ct) => place switch
    {
        IdentifierNameSyntax { Parent: not VariableDeclarationSyntax and not DeclarationExpressionSyntax } name => model.GetSymbolInfo(name, ct).Symbol,
        SingleVariableDesignationSyntax designation => model.GetDeclaredSymbol(designation, ct),
        _ when (place.FirstAncestorOrSelf<VariableDeclaratorSyntax>() ?? Only(place)) is { } declarator && !(isSet && declarator.Initializer is null) =>
            model.GetDeclaredSymbol(declarator, ct),
        _ => null,
    };

    private static VariableDeclaratorSyntax? Only(SyntaxNode place) => place.FirstAncestorOrSelf<VariableDeclarationSyntax>() is { Variables: [var only] } ? only : null;

    private static bool IsSlot(ISymbol variable, MethodDeclarationSyntax body, SemanticModel model, PrimitiveSymbols primitives, CancellationToken ct) =>
        body.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => Waits.CalledName(call) is "mkevent" or "twait"
            && call.ArgumentList.Arguments.Any(argument => argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword) && Means(argument.Expression, variable, model, ct))
            && model.GetSymbolInfo(call, ct).Symbol is IMethodSymbol method && (primitives.IsMkevent(method) || primitives.FormOf(method) is WaitForm.Start or WaitForm.Task));

    private static bool Means(ExpressionSyntax slot, ISymbol variable, SemanticModel model, CancellationToken ct) => SymbolEqualityComparer.Default.Equals(variable, SlotBinder.Strip(slot) switch
    {
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax designation } => model.GetDeclaredSymbol(designation, ct),
        IdentifierNameSyntax name => model.GetSymbolInfo(name, ct).Symbol,
        _ => null,
    });

    private static bool IsRendezvous(SyntaxNode place, SemanticModel model, PrimitiveSymbols primitives, CancellationToken ct) =>
        place.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is { } creation && model.GetTypeInfo(creation, ct).Type is { Name: "Rendezvous", ContainingType: null } type
        && SymbolEqualityComparer.Default.Equals(type.ContainingNamespace, primitives.Primitives.ContainingNamespace);
}

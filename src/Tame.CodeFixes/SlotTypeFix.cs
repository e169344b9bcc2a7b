using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Flow;

namespace Tame.CodeFixes;

/// <summary>Writes the type of a slot, taken from the event type that the called method expects.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SlotTypeFix() : Fix(Rules.UntypedSlot, "Write the type of the slot")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<ArgumentSyntax>() is not { } slot || UntypedSlot.NameOf(slot.Expression, model) is null
            || slot.Parent?.Parent is not InvocationExpressionSyntax make || GivenAs(make) is not { } argument)
            return null;
        var slots = make.ArgumentList.Arguments.Where(a => a.RefKindKeyword.IsKind(SyntaxKind.OutKeyword)).ToList();
        var wanted = Wanted(argument, model).Where(e => e.TypeArguments.Length == slots.Count).ToList();
        if (wanted.Count != 1 || wanted[0].TypeArguments[slots.IndexOf(slot)] is not { TypeKind: not (TypeKind.Error or TypeKind.TypeParameter) } result)
            return null;
        var type = SyntaxFactory.ParseTypeName(result.ToMinimalDisplayString(model, slot.SpanStart));
        return slot.Expression is DeclarationExpressionSyntax { Type: var written }
            ? editor => editor.ReplaceNode(written, type.WithTriviaFrom(written))
            : editor => editor.ReplaceNode(slot.Expression, SyntaxFactory.DeclarationExpression(type.WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.DiscardDesignation()).WithTriviaFrom(slot.Expression));
    }

    /// <summary>The argument in which the event of an <c>mkevent</c>, or of the lambda of a <c>twait</c>, is passed.</summary>
    private static ArgumentSyntax? GivenAs(InvocationExpressionSyntax make)
    {
        if (Waits.CalledName(make) != "twait")
            return ArgumentOf(make);
        var parameter = StartLambda.Of(make) switch
        {
            SimpleLambdaExpressionSyntax lambda => lambda.Parameter,
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [var only] } => only,
            _ => null,
        };
        return parameter?.Parent!.AncestorsAndSelf().OfType<AnonymousFunctionExpressionSyntax>().First().Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == parameter.Identifier.ValueText).Select(ArgumentOf).FirstOrDefault(argument => argument is not null);
    }

    /// <summary>The argument of an event. <c>WithTimeout</c> and similar methods return an event of the same type.</summary>
    private static ArgumentSyntax? ArgumentOf(ExpressionSyntax e) => e.Parent switch
    {
        ArgumentSyntax argument => argument,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WithTimeout" or "WithCancellation" or "WithSignal", Parent: InvocationExpressionSyntax adapted } => ArgumentOf(adapted),
        _ => null,
    };

    /// <summary>The event types that the candidate methods expect for an argument.</summary>
    private static IEnumerable<INamedTypeSymbol> Wanted(ArgumentSyntax argument, SemanticModel model)
    {
        if (argument.Parent?.Parent is not InvocationExpressionSyntax call)
            return [];
        var info = model.GetSymbolInfo(call);
        var methods = info.Symbol is { } found ? [found] : info.CandidateSymbols;
        var index = call.ArgumentList.Arguments.IndexOf(argument);
        return methods.OfType<IMethodSymbol>().Where(m => m.Parameters.Length > index).Select(m => m.Parameters[index].Type).OfType<INamedTypeSymbol>().Where(t => t.Name == "Event");
    }
}

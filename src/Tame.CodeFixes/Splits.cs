using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;

namespace Tame.CodeFixes;

/// <summary>Makes of a whole method that bears the attribute a declaration, and its statements the body behind it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SplitPairFix() : Fix(Rules.NotPartial, "Make it a declaration and a body")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { ExplicitInterfaceSpecifier: null } whole || model.GetDeclaredSymbol(whole) is not { ReturnsVoid: true, IsAsync: false } method
            || model.Compilation.GetTypeByMetadataName(Binder.TamedAttribute) is not { } tamed || Pairing.AttributeOf(method, tamed) is not { } attribute
            || Pairing.FindBody(method, attribute) is not null || SyntaxFacts.GetKeywordKind(Pairing.BodyName(method, attribute)) != SyntaxKind.None)
            return null;
        var name = Pairing.BodyName(method, attribute);
        if (whole.Body is not null || whole.ExpressionBody is not null)
            return method.PartialDefinitionPart is null ? editor => Split(whole, name, editor) : null;
        return method.PartialImplementationPart?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is MethodDeclarationSyntax { } implementation && implementation.SyntaxTree == whole.SyntaxTree
            ? editor => editor.ReplaceNode(implementation, PairSyntax.AsBody(implementation, name)) : null;
    }

    private static SyntaxTrivia Indentation(MethodDeclarationSyntax method) =>
        method.GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } indentation] ? indentation : SyntaxFactory.Whitespace("");

    private static void Split(MethodDeclarationSyntax whole, string name, SyntaxEditor editor)
    {
        editor.InsertAfter(whole, PairSyntax.AsBody(whole, name).WithLeadingTrivia(SyntaxFactory.CarriageReturnLineFeed, Indentation(whole)));
        editor.ReplaceNode(whole, PairSyntax.AsDeclaration(whole));
        PairSyntax.MakePartial(whole, editor);
    }
}

/// <summary>Calls the declaration where a body is called.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CallDeclarationFix() : Fix(Rules.BodyCalled, "Call the tamed method")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        var called = place.FirstAncestorOrSelf<InvocationExpressionSyntax>(call => call.Span == place.Span)?.Expression ?? place;
        var name = called switch
        {
            SimpleNameSyntax simple => simple,
            MemberAccessExpressionSyntax access => access.Name,
            MemberBindingExpressionSyntax binding => binding.Name,
            _ => null,
        };
        if (name is null || model.GetSymbolInfo(name).Symbol is not IMethodSymbol body || model.Compilation.GetTypeByMetadataName(Binder.TamedAttribute) is not { } tamed
            || Pairing.DeclarationOf(body.OriginalDefinition, tamed) is not { } declaration)
            return null;
        return editor => editor.ReplaceNode(name, (node, _) => ((SimpleNameSyntax)node).WithIdentifier(SyntaxFactory.Identifier(declaration.Name).WithTriviaFrom(((SimpleNameSyntax)node).Identifier)));
    }
}

/// <summary>Waits for an event that belongs to no block, in a block around its statement.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WrapInBlockFix() : Fix(Rules.OutsideBlock, "Wait for it here, in a block of its own")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax statement || statement.Parent is LabeledStatementSyntax
            || statement.Expression == place || statement.DescendantNodes().OfType<DeclarationExpressionSyntax>().Any(declared => declared.Designation is SingleVariableDesignationSyntax))
            return null;
        return editor => editor.ReplaceNode(statement, (node, _) => WaitSyntax.InPlaceOf((StatementSyntax)node, [$"using (twait()) {((StatementSyntax)node).WithoutTrivia()}"])[0]);
    }
}

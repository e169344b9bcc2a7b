using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;

namespace Tame.CodeFixes;

/// <summary>Splits a method with <c>[Tamed]</c> and statements into a declaration and a body.</summary>
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
        editor.InsertAfter(whole, PairSyntax.AsBody(whole, name).WithLeadingTrivia(NewLine.Of(whole), Indentation(whole)));
        editor.ReplaceNode(whole, PairSyntax.AsDeclaration(whole));
        PairSyntax.MakePartial(whole, editor);
    }
}

using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator;

namespace Tame.CodeFixes;

/// <summary>Adds <c>private</c> to a declaration without an accessibility modifier.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddPrivateFix() : Fix(Rules.NoAccessibility, "Make it private")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model) =>
        place.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } declaration ? editor => editor.ReplaceNode(declaration, PairSyntax.WithPrivate(declaration)) : null;
}

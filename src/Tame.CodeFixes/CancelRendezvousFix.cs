using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator;

namespace Tame.CodeFixes;

/// <summary>Declares a rendezvous with <c>using</c>, which cancels its remaining events when the body ends.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CancelRendezvousFix() : Fix(Rules.RendezvousAbandoned, "Declare it with 'using', which cancels what is left")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is not { UsingKeyword.RawKind: 0, Parent: BlockSyntax } declaration)
            return null;
        return editor => editor.ReplaceNode(declaration, declaration.WithoutLeadingTrivia()
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space)).WithLeadingTrivia(declaration.GetLeadingTrivia()));
    }
}

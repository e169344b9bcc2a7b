using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator;

namespace Tame.CodeFixes;

/// <summary>Writes the missing declaration before its body.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WriteDeclarationFix() : Fix(Rules.NoDeclaration, "Write the [Tamed] declaration")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } body)
            return null;
        return editor =>
        {
            editor.InsertBefore(body, PairSyntax.Declaration(body, body.GetLeadingTrivia() is [var first, ..] && first.IsKind(SyntaxKind.EndOfLineTrivia)));
            PairSyntax.MakePartial(body, editor);
        };
    }
}

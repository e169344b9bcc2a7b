using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator;

namespace Tame.CodeFixes;

/// <summary>Discards the value of a slot that no code can read.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DiscardSlotFix() : Fix(Rules.SlotOutOfScope, "Discard the value")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model) =>
        place.FirstAncestorOrSelf<ArgumentSyntax>() is { Expression: DeclarationExpressionSyntax { Type.IsVar: false, Designation: SingleVariableDesignationSyntax designation } }
            ? editor => editor.ReplaceNode(designation, SyntaxFactory.DiscardDesignation().WithTriviaFrom(designation)) : null;
}

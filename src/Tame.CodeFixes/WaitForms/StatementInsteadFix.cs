using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator;
using Tame.Generator.Flow;

namespace Tame.CodeFixes.WaitForms;

/// <summary>Writes a block as a statement if code after the block uses its variable, which then remains in scope.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class StatementInsteadFix() : Fix(Rules.UsedBehindBlock, "Write the wait as one statement")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model) =>
        place is IdentifierNameSyntax { Identifier.ValueText: var name } && PrimitiveSymbols.Resolve(model.Compilation) is { } primitives
        && Declaring(place, name) is { } block && block.Parent is BlockSyntax scope && scope.Span.Contains(place.Span) && EverydayForm.Of(block, model, primitives) is { } wait
            ? editor => editor.ReplaceNode(block, Comments.KeepIn(StatementText.InPlaceOf(block, [wait])[0], block)) : null;

    private static UsingStatementSyntax? Declaring(SyntaxNode place, string name) => place.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.DescendantNodes().OfType<UsingStatementSyntax>()
        .LastOrDefault(block => block.Span.End <= place.SpanStart && block.Statement.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Any(variable => variable.Identifier.ValueText == name));
}

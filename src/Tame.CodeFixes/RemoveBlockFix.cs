using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Tame.Generator;

namespace Tame.CodeFixes;

/// <summary>Replaces a twait block that creates no event with its statements.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveBlockFix() : Fix(Rules.EmptyBlock, "Remove the block, which waits for nothing")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<UsingStatementSyntax>() is not { Statement: { } inner } block)
            return null;
        if (inner is not BlockSyntax braces || block.Parent is not BlockSyntax || braces.Statements.Any(statement => statement is LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax or LabeledStatementSyntax))
            return editor => editor.ReplaceNode(block, (node, _) => InPlaceOf(((UsingStatementSyntax)node).Statement, node));
        if (braces.Statements.Count == 0)
            return editor => editor.RemoveNode(block, SyntaxRemoveOptions.KeepUnbalancedDirectives);
        return editor =>
        {
            var statements = braces.Statements.Select(statement => statement.WithAdditionalAnnotations(Formatter.Annotation)).ToList();
            statements[0] = InPlaceOf(statements[0], block);
            editor.InsertBefore(block, statements.Take(statements.Count - 1));
            editor.ReplaceNode(block, statements[statements.Count - 1].WithTrailingTrivia(block.GetTrailingTrivia()));
        };
    }

    private static StatementSyntax InPlaceOf(StatementSyntax statement, SyntaxNode block) =>
        statement.WithLeadingTrivia(block.GetLeadingTrivia()).WithAdditionalAnnotations(Formatter.Annotation);
}

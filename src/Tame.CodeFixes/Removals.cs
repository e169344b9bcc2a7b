using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Tame.Generator;
using Tame.Generator.Analysis.Paths;
using Tame.Generator.Model;

namespace Tame.CodeFixes;

/// <summary>Leaves of a twait block without events its statements, which run as they did.</summary>
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

/// <summary>Removes a completion that does nothing, with the condition that stands before it, where neither computes anything else.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveCompletionFix() : Fix(Rules.CompletedTwice, "Remove what does nothing")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Expression: InvocationExpressionSyntax call } statement || !call.ArgumentList.Arguments.All(argument => IsInert(argument.Expression)))
            return null;
        StatementSyntax whole = statement;
        while (whole.Parent is IfStatementSyntax { Else: null, Condition: var condition } outer && IsInert(condition))
            whole = outer;
        return whole.Parent is BlockSyntax or SwitchSectionSyntax { Statements.Count: > 1 } ? editor => editor.RemoveNode(whole, SyntaxRemoveOptions.KeepUnbalancedDirectives) : null;
    }

    private static bool IsInert(ExpressionSyntax expression) => expression.DescendantNodesAndSelf().All(node => node is not (InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax
        or AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression }
        or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } or DeclarationExpressionSyntax or SingleVariableDesignationSyntax
        or ElementAccessExpressionSyntax));
}

/// <summary>Says that nobody wants what a slot brings, where nobody can read it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DiscardSlotFix() : Fix(Rules.SlotOutOfScope, "Discard the value")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model) =>
        place.FirstAncestorOrSelf<ArgumentSyntax>() is { Expression: DeclarationExpressionSyntax { Type.IsVar: false, Designation: SingleVariableDesignationSyntax designation } }
            ? editor => editor.ReplaceNode(designation, SyntaxFactory.DiscardDesignation().WithTriviaFrom(designation)) : null;
}

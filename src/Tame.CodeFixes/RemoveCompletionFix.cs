using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator;

namespace Tame.CodeFixes;

/// <summary>Removes a completion that has no effect, together with its condition, if neither has a side effect.</summary>
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

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes.WaitForms;

/// <summary>Tells when the parts of an operation are evaluated.</summary>
internal static class Evaluation
{
    /// <summary>Whether an expression evaluates a part of it exactly once.</summary>
    public static bool IsUnconditional(ExpressionSyntax part, ExpressionSyntax whole)
    {
        for (SyntaxNode node = part; node != whole; node = node.Parent!)
        {
            if (node.Parent is not (ArgumentSyntax or BaseArgumentListSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or BaseObjectCreationExpressionSyntax
                or ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax or AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression }
                or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression }))
                return false;
        }

        return true;
    }

    /// <summary>Whether nothing that an expression evaluates before a part of it has an effect.</summary>
    public static bool IsInertBefore(ExpressionSyntax part, ExpressionSyntax whole) => whole.DescendantNodes().Where(node => node.Span.End <= part.SpanStart)
        .All(node => node is not (InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax
            or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression } or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }));

    /// <summary>A slot without its parentheses and <c>!</c>.</summary>
    public static ExpressionSyntax Place(ExpressionSyntax slot) => slot switch
    {
        ParenthesizedExpressionSyntax parenthesized => Place(parenthesized.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => Place(suppressed.Operand),
        _ => slot,
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes;

/// <summary>The task that an <c>await</c> or a blocking call waits for.</summary>
internal sealed record AwaitedTask(ExpressionSyntax Expression, TaskType Type)
{
    /// <summary>All awaits of a piece of code, in every form, without those of nested functions.</summary>
    public static IEnumerable<SyntaxNode> AwaitsIn(SyntaxNode code) => code.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .Where(node => node is AwaitExpressionSyntax || node.ChildTokens().Any(token => token.IsKind(SyntaxKind.AwaitKeyword)));

    /// <summary>The task of an await. Null: something other than a task is awaited.</summary>
    public static AwaitedTask? Of(AwaitExpressionSyntax awaited, SemanticModel model) => Of(awaited.Expression, model);

    /// <summary>The task that an expression refers to, with or without <c>ConfigureAwait</c>. Null: it is something else.</summary>
    public static AwaitedTask? Of(ExpressionSyntax expression, SemanticModel model)
    {
        var task = WithoutConfigureAwait(WithoutParentheses(expression), model);
        return TaskType.Of(model.GetTypeInfo(task).Type) is { } type ? new AwaitedTask(task, type) : null;
    }

    public static ExpressionSyntax WithoutParentheses(ExpressionSyntax expression) =>
        expression is ParenthesizedExpressionSyntax parenthesized ? WithoutParentheses(parenthesized.Expression) : expression;

    /// <summary>
    /// A tamed method always resumes on its loop. Only the options that choose a context are removed, not those that change the effect of the await.
    /// </summary>
    private static ExpressionSyntax WithoutConfigureAwait(ExpressionSyntax task, SemanticModel model)
    {
        if (task is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access, ArgumentList.Arguments: [var argument] } call
            || model.GetSymbolInfo(call).Symbol is not IMethodSymbol { Name: "ConfigureAwait" } method || TaskType.Of(method.ContainingType) is null)
            return task;
        var isContextOnly = method.Parameters[0].Type.SpecialType == SpecialType.System_Boolean
            ? model.GetConstantValue(argument.Expression).HasValue || argument.Expression is IdentifierNameSyntax
            : model.GetConstantValue(argument.Expression).Value is 0 or 1;
        return isContextOnly ? WithoutParentheses(access.Expression) : task;
    }
}

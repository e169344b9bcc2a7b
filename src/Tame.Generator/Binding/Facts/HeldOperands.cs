using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Facts;

/// <summary>Finds the expression in a reference that can itself hold the scope objects that a lambda needs.</summary>
internal static class HeldOperands
{
    /// <summary>The innermost call around a lambda whose result is a value, whatever is expected there. Null if the reference contains no such call.</summary>
    public static ExpressionSyntax? Of(SyntaxNode function, ExpressionSyntax reference, SemanticModel model) => function.Ancestors()
        .TakeWhile(node => node != reference).OfType<ExpressionSyntax>().FirstOrDefault(node => IsValue(node, model));

    private static bool IsValue(ExpressionSyntax node, SemanticModel model) => node switch
    {
        InvocationExpressionSyntax call => !IsInChain(call) && model.GetSymbolInfo(call).Symbol is IMethodSymbol { RefKind: RefKind.None, ReturnsVoid: false },
        ObjectCreationExpressionSyntax { ArgumentList: not null, Initializer: null } => true,
        _ => false,
    };

    /// <summary>Whether a call belongs to the expression before it, by <c>?.</c>.</summary>
    private static bool IsInChain(ExpressionSyntax call)
    {
        while (Receiver(call) is { } receiver) call = receiver;
        return call is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax;
    }

    private static ExpressionSyntax? Receiver(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax invocation => invocation.Expression,
        MemberAccessExpressionSyntax access => access.Expression,
        ElementAccessExpressionSyntax access => access.Expression,
        PostfixUnaryExpressionSyntax postfix => postfix.Operand,
        _ => null,
    };
}

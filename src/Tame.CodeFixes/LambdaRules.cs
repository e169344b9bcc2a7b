using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes;

/// <summary>
/// Tells which code may move into the lambda of a <c>twait</c>. The code runs in the same place, but for the compiler the lambda is a function: it cannot use
/// data on the stack, the variables that it declares end with it, and an assignment in it does not count for the code after it.
/// </summary>
internal static class LambdaRules
{
    /// <summary>Whether an expression has the same meaning in a lambda.</summary>
    /// <param name="code">The expression.</param>
    /// <param name="model">The model of its document.</param>
    /// <param name="except">A part of it that stays outside.</param>
    public static bool Allow(ExpressionSyntax code, SemanticModel model, ExpressionSyntax? except = null) =>
        code.DescendantNodesAndSelf(node => node != except).All(node => node is not SimpleNameSyntax name || Allow(name, model));

    /// <summary>Whether an expression declares variables, not counting those of lambdas in it.</summary>
    public static bool DeclaresVariables(ExpressionSyntax code) =>
        code.DescendantNodesAndSelf(node => node is not AnonymousFunctionExpressionSyntax).Any(node => node is SingleVariableDesignationSyntax);

    private static bool Allow(SimpleNameSyntax name, SemanticModel model) => model.GetSymbolInfo(name).Symbol switch
    {
        ILocalSymbol local => !local.IsRef && !local.IsFixed && !local.Type.IsRefLikeType && !IsWritten(name),
        IParameterSymbol parameter => parameter.RefKind == RefKind.None && !parameter.Type.IsRefLikeType && !IsWritten(name),
        _ => true,
    };

    /// <summary>Whether an expression gives a variable another value.</summary>
    public static bool IsWritten(ExpressionSyntax variable) => variable.Ancestors().TakeWhile(node => node is ExpressionSyntax or ArgumentSyntax or TupleExpressionSyntax).Any(node => node switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left.Span.Contains(variable.Span),
        PrefixUnaryExpressionSyntax unary => unary.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression,
        PostfixUnaryExpressionSyntax unary => unary.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression,
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        _ => false,
    });
}

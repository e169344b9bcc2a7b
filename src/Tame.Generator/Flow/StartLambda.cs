using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Flow;

/// <summary>The lambda of `twait(e => …)`. It runs where it is written, like a block, and is not a function at run time.</summary>
internal static class StartLambda
{
    /// <summary>The argument that starts the operation, in any form. Null if all arguments are slots.</summary>
    public static ExpressionSyntax? ArgumentOf(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        var argument = arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == "start")
            ?? arguments.FirstOrDefault(a => a.NameColon is null && a.RefKindKeyword.IsKind(SyntaxKind.None));
        return argument is null ? null : Stripped(argument.Expression);
    }

    /// <summary>The lambda, if one is written in place that can run there: an async one cannot.</summary>
    public static AnonymousFunctionExpressionSyntax? Of(InvocationExpressionSyntax call) =>
        ArgumentOf(call) is AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: 0 } lambda ? lambda : null;

    public static IAnonymousFunctionOperation? Of(IInvocationOperation call) => call.Arguments
        .Select(argument => argument.Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } ? lambda : null)
        .FirstOrDefault(lambda => lambda is { Symbol.IsAsync: false });

    /// <summary>The parameter, if it has a name: a `delegate { … }` has one without.</summary>
    public static IParameterSymbol? ParameterOf(IMethodSymbol lambda) => lambda.Parameters.FirstOrDefault(parameter => !parameter.DeclaringSyntaxReferences.IsEmpty);

    private static ExpressionSyntax Stripped(ExpressionSyntax expression) =>
        expression is ParenthesizedExpressionSyntax parenthesized ? Stripped(parenthesized.Expression) : expression;
}

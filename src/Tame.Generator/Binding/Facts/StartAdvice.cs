using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Facts;

/// <summary>Advises what to write instead of a start that is not a lambda with one parameter.</summary>
internal static class StartAdvice
{
    /// <summary>
    /// Null for a lambda that can replace its call, and for an expression that is not a lambda and that the compiler did not accept as a start.
    /// </summary>
    public static string? For(ExpressionSyntax start, bool isStart) => start switch
    {
        AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: not 0 } => "leave out 'async', and wait for tasks with 'twait(task)'",
        AnonymousFunctionExpressionSyntax lambda when ParametersOf(lambda) != 1 && !IsWithout(lambda) => "several events need a block, 'using (twait()) …', with an 'mkevent' for each",
        AnonymousFunctionExpressionSyntax => null,
        _ when !isStart => null,
        CastExpressionSyntax { Expression: AnonymousFunctionExpressionSyntax or ParenthesizedExpressionSyntax { Expression: AnonymousFunctionExpressionSyntax } } => "leave out the cast",
        NameSyntax or MemberAccessExpressionSyntax => $"write 'e => {start}(e)'",
        _ => "call in it what starts the operation",
    };

    /// <summary>Whether it is a <c>delegate { … }</c>, which is compatible with any number of parameters.</summary>
    private static bool IsWithout(AnonymousFunctionExpressionSyntax lambda) => lambda is AnonymousMethodExpressionSyntax { ParameterList: null };

    private static int ParametersOf(AnonymousFunctionExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax => 1,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: var count } => count,
        AnonymousMethodExpressionSyntax { ParameterList: { } list } => list.Parameters.Count,
        _ => 0,
    };
}

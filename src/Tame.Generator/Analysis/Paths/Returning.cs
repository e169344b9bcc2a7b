using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Analysis.Paths;

/// <summary>Recognizes methods that never return: those that say so, and those that only throw.</summary>
internal static class Returning
{
    public static bool Never(IMethodSymbol method) => method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "DoesNotReturnAttribute")
        || (!method.IsVirtual && !method.IsAsync && !method.IsOverride && method.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).Any(OnlyThrows));

    private static bool OnlyThrows(SyntaxNode declaration) => declaration switch
    {
        MethodDeclarationSyntax method => OnlyThrows(method.Body, method.ExpressionBody),
        LocalFunctionStatementSyntax function => OnlyThrows(function.Body, function.ExpressionBody),
        _ => false,
    };

    private static bool OnlyThrows(BlockSyntax? body, ArrowExpressionClauseSyntax? expression) =>
        expression is { Expression: ThrowExpressionSyntax } || body is { Statements: [ThrowStatementSyntax] };
}

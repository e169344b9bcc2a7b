using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Facts;

/// <summary>Distinguishes C#'s <c>nameof</c>, in which names are not used, from a method with that name.</summary>
internal static class Nameof
{
    public static bool Is(SyntaxNode node, SemanticModel model) =>
        node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } && model.GetConstantValue(node).HasValue;

    public static bool IsAround(SyntaxNode place, SemanticModel model) => place.Ancestors().Any(node => Is(node, model));
}

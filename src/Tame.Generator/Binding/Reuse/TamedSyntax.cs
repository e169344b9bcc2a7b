using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Pair;

namespace Tame.Generator.Binding.Reuse;

/// <summary>
/// Reads a tamed declaration by syntax alone. In doubt it accepts a declaration, because symbols later decide what the attribute is and which method is the
/// body.
/// </summary>
internal static class TamedSyntax
{
    /// <summary>Whether it has the attribute by its own name, or is partial with any attribute, which may be an alias.</summary>
    public static bool MayBeTamed(SyntaxNode node) => node is MethodDeclarationSyntax { AttributeLists.Count: > 0 } method
        && (method.Modifiers.Any(SyntaxKind.PartialKeyword) || Attributes(method).Any(attribute => SimpleName(attribute.Name) is "Tamed" or "TamedAttribute"));

    /// <summary>
    /// The possible names of the body. <paramref name="needsAllText"/> is true if one is given by an expression that only the compiler can evaluate.
    /// </summary>
    public static IReadOnlyList<string> BodyNames(MethodDeclarationSyntax method, out bool needsAllText)
    {
        var names = new List<string> { method.Identifier.ValueText + Pairing.Suffix };
        needsAllText = false;
        foreach (var attribute in Attributes(method))
        {
            foreach (var argument in attribute.ArgumentList?.Arguments ?? default)
            {
                var name = Named(argument.Expression);
                needsAllText |= name is null;
                if (name is { Length: > 0 }) names.Add(name);
            }
        }

        return names;
    }

    /// <summary>The name that an argument gives. Empty if it gives none; null if that is unknown.</summary>
    private static string? Named(ExpressionSyntax argument) => argument switch
    {
        LiteralExpressionSyntax literal => literal.Token.Value as string ?? "",
        TypeOfExpressionSyntax => "",
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" }, ArgumentList.Arguments: [var named] } => LastName(named.Expression),
        _ => null,
    };

    private static string? LastName(ExpressionSyntax name) => name switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };

    private static string SimpleName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    private static IEnumerable<AttributeSyntax> Attributes(MethodDeclarationSyntax method) => method.AttributeLists.SelectMany(list => list.Attributes);
}

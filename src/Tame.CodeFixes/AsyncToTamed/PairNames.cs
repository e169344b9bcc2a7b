using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;

namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>The names of the two halves of a pair.</summary>
internal sealed record PairNames(string Declaration, string Body)
{
    private const string AsyncSuffix = "Async";

    /// <summary>
    /// The name of the async method without <c>Async</c>, or with it if the type uses the shorter name for something else. Null: neither is free.
    /// </summary>
    public static PairNames? For(IMethodSymbol method, int eventIndex)
    {
        var name = method.Name;
        if (method.MethodKind == MethodKind.ExplicitInterfaceImplementation)
            name = name.Substring(name.LastIndexOf('.') + 1);
        var shorter = name.EndsWith(AsyncSuffix, StringComparison.Ordinal) && name.Length > AsyncSuffix.Length ? name.Substring(0, name.Length - AsyncSuffix.Length) : name;
        return new[] { shorter, name }.Where(candidate => IsFree(candidate, method, eventIndex) && IsFree(candidate + Pairing.Suffix, method, eventIndex))
            .Select(candidate => new PairNames(candidate, candidate + Pairing.Suffix)).FirstOrDefault();
    }

    private static bool IsFree(string name, IMethodSymbol method, int eventIndex) =>
        SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && name != method.ContainingType.Name
        && WithBaseTypes(method.ContainingType).SelectMany(type => type.GetMembers(name)).All(member => member is IMethodSymbol other && !IsLikePair(other, method, eventIndex));

    /// <summary>Whether another method has the signature that a half of the pair will have, or may have it.</summary>
    private static bool IsLikePair(IMethodSymbol other, IMethodSymbol method, int eventIndex) => other.Arity == method.Arity && other.Parameters.Length == method.Parameters.Length + 1
        && other.Parameters[eventIndex].Type.Name == "Event";

    private static IEnumerable<INamedTypeSymbol> WithBaseTypes(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? at = type; at is not null; at = at.BaseType)
            yield return at;
    }
}

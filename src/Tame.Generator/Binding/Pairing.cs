using Microsoft.CodeAnalysis;

namespace Tame.Generator.Binding;

/// <summary>Finds the body of a tamed declaration, and says in which respect a candidate disagrees with it.</summary>
internal static class Pairing
{
    public static string BodyName(IMethodSymbol declaration, AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Value: string name }] ? name : declaration.Name + "Body";

    /// <summary>The body: the method of that name whose parameter types are the declaration's; else the only one of that name; else none.</summary>
    public static IMethodSymbol? FindBody(IMethodSymbol declaration, string bodyName)
    {
        var named = declaration.ContainingType.GetMembers(bodyName).OfType<IMethodSymbol>()
            .Where(m => !SymbolEqualityComparer.Default.Equals(m, declaration)).ToList();
        return named.FirstOrDefault(m => SameParameterTypes(declaration, m) && m.Arity == declaration.Arity)
            ?? named.FirstOrDefault(m => SameParameterTypes(declaration, m))
            ?? (named.Count == 1 ? named[0] : null);
    }

    /// <summary>What differs between the two, in words that end "… differ(s)", or null where they agree.</summary>
    public static string? Difference(IMethodSymbol declaration, IMethodSymbol body)
    {
        if (declaration.IsStatic != body.IsStatic) return "one is static and the other is not";
        if (!declaration.TypeParameters.Select(t => t.Name).SequenceEqual(body.TypeParameters.Select(t => t.Name))) return "the type parameters differ";
        if (SymbolText.Constraints(declaration.TypeParameters) != SymbolText.Constraints(body.TypeParameters)) return "the constraints differ";
        if (declaration.Parameters.Length != body.Parameters.Length) return "the numbers of parameters differ";
        for (var i = 0; i < body.Parameters.Length; i++)
        {
            var (wanted, given) = (declaration.Parameters[i], body.Parameters[i]);
            if (!SameType(wanted.Type, given.Type)) return $"the types of parameter '{given.Name}' differ";
            if (wanted.Name != given.Name) return $"parameter '{wanted.Name}' is called '{given.Name}' in the body";
            if (wanted.RefKind != given.RefKind) return $"the ref kinds of parameter '{given.Name}' differ";
        }

        return body.ReturnsVoid ? null : "the body does not return void";
    }

    private static bool SameParameterTypes(IMethodSymbol declaration, IMethodSymbol body) =>
        declaration.Parameters.Length == body.Parameters.Length
        && declaration.Parameters.Zip(body.Parameters, (a, b) => SameType(a.Type, b.Type)).All(same => same);

    /// <summary>Whether two types are the same but for nullability, tuple names and which of the two methods a type parameter belongs to.</summary>
    private static bool SameType(ITypeSymbol a, ITypeSymbol b) => (a, b) switch
    {
        (ITypeParameterSymbol x, ITypeParameterSymbol y) => x.TypeParameterKind == y.TypeParameterKind && x.Ordinal == y.Ordinal
            && (x.TypeParameterKind == TypeParameterKind.Method || SymbolEqualityComparer.Default.Equals(x, y)),
        (IArrayTypeSymbol x, IArrayTypeSymbol y) => x.Rank == y.Rank && SameType(x.ElementType, y.ElementType),
        (IPointerTypeSymbol x, IPointerTypeSymbol y) => SameType(x.PointedAtType, y.PointedAtType),
        (INamedTypeSymbol x, INamedTypeSymbol y) => SameNamedType(x, y),
        _ => SymbolEqualityComparer.Default.Equals(a, b),
    };

    private static bool SameNamedType(INamedTypeSymbol a, INamedTypeSymbol b)
    {
        if (a.IsTupleType && b.IsTupleType) (a, b) = (a.TupleUnderlyingType ?? a, b.TupleUnderlyingType ?? b);
        return SymbolEqualityComparer.Default.Equals(a.OriginalDefinition, b.OriginalDefinition)
            && a.TypeArguments.Zip(b.TypeArguments, SameType).All(same => same)
            && (a.ContainingType is null || b.ContainingType is null || SameNamedType(a.ContainingType, b.ContainingType));
    }
}

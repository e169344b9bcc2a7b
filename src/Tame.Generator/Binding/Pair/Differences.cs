using Microsoft.CodeAnalysis;

namespace Tame.Generator.Binding.Pair;

/// <summary>Lists all differences between the signatures of a declaration and its body, in words for a message.</summary>
internal static class Differences
{
    public static IReadOnlyList<string> Of(IMethodSymbol declaration, IMethodSymbol body)
    {
        var found = new List<string>();
        if (declaration.IsStatic != body.IsStatic) found.Add("one is static and the other is not");
        if (!declaration.TypeParameters.Select(t => t.Name).SequenceEqual(body.TypeParameters.Select(t => t.Name))) found.Add("the type parameters differ");
        else if (!declaration.TypeParameters.Zip(body.TypeParameters, SameConstraints).All(same => same)) found.Add("the constraints differ");
        found.AddRange(OfParameters(declaration, body));
        if (declaration.ReturnsVoid && !body.ReturnsVoid) found.Add("the body does not return void");
        return found;
    }

    public static string Join(IReadOnlyList<string> all) => all.Count switch
    {
        1 => all[0],
        2 => $"{all[0]}, and {all[1]}",
        _ => $"{string.Join(", ", all.Take(all.Count - 1))}, and {all[all.Count - 1]}",
    };

    /// <summary>Compares by name if one side has more parameters or another order, otherwise by position: then another name is a renamed parameter.</summary>
    private static IEnumerable<string> OfParameters(IMethodSymbol declaration, IMethodSymbol body)
    {
        var (wanted, given) = (declaration.Parameters, body.Parameters);
        var missing = wanted.Where(parameter => given.All(other => other.Name != parameter.Name)).ToList();
        if (wanted.Length == given.Length && missing.Count > 0) return wanted.Zip(given, Of).SelectMany(differences => differences);
        var surplus = given.Where(parameter => wanted.All(other => other.Name != parameter.Name));
        var common = wanted.Except(missing, SymbolEqualityComparer.Default).Cast<IParameterSymbol>().Select(parameter => (Wanted: parameter, Given: given.First(other => other.Name == parameter.Name))).ToList();
        var isReordered = common.Zip(common.Skip(1), (first, second) => first.Given.Ordinal > second.Given.Ordinal).Any(turned => turned);
        return [
            .. missing.Select(parameter => $"the body has no parameter '{parameter.Name}'"),
            .. surplus.Select(parameter => $"the declaration has no parameter '{parameter.Name}'"),
            .. isReordered ? new[] { "the parameters are in another order" } : [],
            .. common.SelectMany(pair => Of(pair.Wanted, pair.Given)),
        ];
    }

    private static IEnumerable<string> Of(IParameterSymbol wanted, IParameterSymbol given)
    {
        if (wanted.Name != given.Name) yield return $"parameter '{wanted.Name}' is called '{given.Name}' in the body";
        if (wanted.RefKind != given.RefKind) yield return $"the ref kinds of parameter '{wanted.Name}' differ";
        if (!Pairing.SameType(wanted.Type, given.Type)) yield return $"parameter '{wanted.Name}' is of type {Name(wanted.Type)} in the declaration and {Name(given.Type)} in the body";
    }

    private static string Name(ITypeSymbol type) => $"'{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}'";

    /// <summary>
    /// Compares in any order, like C# itself. C# does not let you write some inherited constraints, such as <c>where U : T</c> where T has become <c>int</c>.
    /// For these the body may say <c>class</c> or <c>struct</c>, or nothing.
    /// </summary>
    private static bool SameConstraints(ITypeParameterSymbol a, ITypeParameterSymbol b) =>
        (a.HasReferenceTypeConstraint == b.HasReferenceTypeConstraint || a.ConstraintTypes.Any(t => t.IsReferenceType && !CanBeConstraint(t)))
        && (a.HasValueTypeConstraint == b.HasValueTypeConstraint || a.ConstraintTypes.Any(t => t.IsValueType && !CanBeConstraint(t)))
        && a.HasUnmanagedTypeConstraint == b.HasUnmanagedTypeConstraint && a.HasNotNullConstraint == b.HasNotNullConstraint
        && a.HasConstructorConstraint == b.HasConstructorConstraint && a.AllowsRefLikeType == b.AllowsRefLikeType
        && a.ConstraintTypes.Count(CanBeConstraint) == b.ConstraintTypes.Length && b.ConstraintTypes.All(x => a.ConstraintTypes.Any(y => Pairing.SameType(x, y)));

    private static bool CanBeConstraint(ITypeSymbol type) => type is ITypeParameterSymbol or INamedTypeSymbol
    {
        TypeKind: TypeKind.Interface or TypeKind.Class, IsSealed: false, IsStatic: false,
        SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Array),
    };
}

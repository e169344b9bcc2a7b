using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Pair;

/// <summary>Finds the body of a tamed declaration, and the declaration of a body.</summary>
internal static class Pairing
{
    /// <summary>The suffix that turns the name of a declaration into that of its body, if the attribute names none.</summary>
    public const string Suffix = "Body";

    /// <summary>
    /// Whether a method is a member of an extension block, where C# permits no partial method. The Roslyn version of this build has no name for the block.
    /// </summary>
    public static bool IsInExtensionBlock(MethodDeclarationSyntax method) => method.Parent is TypeDeclarationSyntax { Keyword.ValueText: "extension" };

    public static string BodyName(IMethodSymbol declaration, AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Value: string name }] ? name : declaration.Name + Suffix;

    /// <summary>The name of the declaration for a body with that name, if the attribute names none.</summary>
    public static string NameOfDeclaration(string body) =>
        body.EndsWith(Suffix, StringComparison.Ordinal) ? body.Substring(0, body.Length - Suffix.Length) : body;

    public static AttributeData? AttributeOf(IMethodSymbol method, INamedTypeSymbol tamed) =>
        method.GetAttributes().FirstOrDefault(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, tamed));

    /// <summary>
    /// The body: the method with its name and the declaration's parameter types. Otherwise, the only method with its name, unless that is another declaration's
    /// body. Otherwise, null.
    /// </summary>
    public static IMethodSymbol? FindBody(IMethodSymbol declaration, AttributeData attribute)
    {
        var named = declaration.ContainingType.GetMembers(BodyName(declaration, attribute)).OfType<IMethodSymbol>()
            .Where(m => !SymbolEqualityComparer.Default.Equals(m, declaration)).ToList();
        return named.FirstOrDefault(m => Fits(declaration, m))
            ?? named.FirstOrDefault(m => SameParameterTypes(declaration, m))
            ?? (named is [var only] && !IsTaken(only, attribute.AttributeClass!) ? only : null);
    }

    /// <summary>The tamed methods that a type declares.</summary>
    public static IEnumerable<(IMethodSymbol Method, MethodDeclarationSyntax Syntax, AttributeData Attribute)> Declarations(
        INamedTypeSymbol type, INamedTypeSymbol tamed, CancellationToken cancellationToken)
    {
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (method.MethodKind is MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation && AttributeOf(method, tamed) is { } attribute
                && method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is MethodDeclarationSyntax syntax)
                yield return (method, syntax, attribute);
        }
    }

    /// <summary>The tamed declaration that a method is the body of, or null.</summary>
    public static IMethodSymbol? DeclarationOf(IMethodSymbol body, INamedTypeSymbol tamed)
    {
        if (body.ContainingType is null || body.MethodKind != MethodKind.Ordinary) return null;
        return body.ContainingType.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(declaration => AttributeOf(declaration, tamed) is { } attribute
            && BodyName(declaration, attribute) == body.Name && SymbolEqualityComparer.Default.Equals(FindBody(declaration, attribute), body));
    }

    /// <summary>The enclosing method, if it is the body of a tamed one.</summary>
    public static MethodDeclarationSyntax? BodyAround(SyntaxNode place, SemanticModel model, INamedTypeSymbol tamed, CancellationToken cancellationToken) =>
        place.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method && model.GetDeclaredSymbol(method, cancellationToken) is { } body && DeclarationOf(body, tamed) is not null
            ? method
            : null;

    private static bool IsTaken(IMethodSymbol body, INamedTypeSymbol tamed) => body.ContainingType.GetMembers().OfType<IMethodSymbol>()
        .Any(other => AttributeOf(other, tamed) is { } attribute && BodyName(other, attribute) == body.Name && Fits(other, body));

    private static bool Fits(IMethodSymbol declaration, IMethodSymbol body) => declaration.Arity == body.Arity && SameParameterTypes(declaration, body);

    /// <summary>The differences between the two, in words, or null if they agree.</summary>
    public static string? Difference(IMethodSymbol declaration, IMethodSymbol body) => Differences.Of(declaration, body) is { Count: > 0 } all ? Differences.Join(all) : null;

    private static bool SameParameterTypes(IMethodSymbol declaration, IMethodSymbol body) =>
        declaration.Parameters.Length == body.Parameters.Length
        && declaration.Parameters.Zip(body.Parameters, (a, b) => SameType(a.Type, b.Type)).All(same => same);

    /// <summary>Whether two types are the same, except for nullability, tuple names, and which of the two methods a type parameter belongs to.</summary>
    public static bool SameType(ITypeSymbol a, ITypeSymbol b) => (a, b) switch
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

using System.Text;
using Microsoft.CodeAnalysis;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Facts;

/// <summary>
/// Keeps values of types that have anonymous ones in them and so cannot be written: as objects, read through a generic method whose type parameters stand for
/// the anonymous types and are inferred from examples.
/// </summary>
internal sealed class AnonymousTypes(GeneratedNames names)
{
    private readonly List<TypeTemplate> _all = [];

    private readonly List<string> _examples = [];

    public IReadOnlyList<TypeTemplate> All => _all;

    public IReadOnlyList<string> Examples => _examples;

    /// <summary>How a value of this type is read, with the examples that the call begins with; null where it has no anonymous type, or one that no example can be given for.</summary>
    public Example? Find(ITypeSymbol type)
    {
        var anonymous = new List<INamedTypeSymbol>();
        if (SymbolText.CanBeWritten(type) || !Collect(type, anonymous)) return null;
        var examples = anonymous.Select(Written).ToList();
        if (examples.Any(example => example is null)) return null;
        var template = new TypeTemplate(Text(type.WithNullableAnnotation(NullableAnnotation.None), anonymous), anonymous.Count, type.IsValueType);
        return new Example(IndexOf(template, _all), examples.Select(example => IndexOf($"false ? {example} : null", _examples)).ToEquatable());
    }

    private static int IndexOf<T>(T item, List<T> all)
    {
        var index = all.IndexOf(item);
        if (index >= 0) return index;
        all.Add(item);
        return all.Count - 1;
    }

    /// <summary>Finds the anonymous types in a type. False where it has another that cannot be written.</summary>
    private static bool Collect(ITypeSymbol type, List<INamedTypeSymbol> found)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                return Collect(array.ElementType, found);
            case INamedTypeSymbol { IsAnonymousType: true, TypeKind: TypeKind.Class } anonymous:
                if (!found.Contains(anonymous, SymbolEqualityComparer.Default)) found.Add(anonymous);
                return true;
            case INamedTypeSymbol named when !named.IsAnonymousType && (named.CanBeReferencedByName || named.IsTupleType):
                return named.TypeArguments.All(argument => Collect(argument, found)) && (named.ContainingType is null || Collect(named.ContainingType, found));
            default:
                return SymbolText.CanBeWritten(type);
        }
    }

    private static string? Written(INamedTypeSymbol anonymous)
    {
        var members = new List<string>();
        foreach (var property in anonymous.GetMembers().OfType<IPropertySymbol>())
        {
            var value = SymbolText.CanBeWritten(property.Type) ? $"default({SymbolText.Of(property.Type)})!"
                : property.Type is INamedTypeSymbol { IsAnonymousType: true, TypeKind: TypeKind.Class } inner && Written(inner) is { } example ? $"(false ? {example} : null)!" : null;
            if (value is null) return null;
            members.Add($"{SymbolText.Name(property)} = {value}");
        }

        return "new { " + string.Join(", ", members) + " }";
    }

    private string Text(ITypeSymbol type, List<INamedTypeSymbol> anonymous)
    {
        if (SymbolText.CanBeWritten(type)) return SymbolText.Of(type);
        var mark = type is { IsValueType: false, NullableAnnotation: NullableAnnotation.Annotated } ? "?" : "";
        return type switch
        {
            IArrayTypeSymbol array => ArrayText(array, anonymous) + mark,
            INamedTypeSymbol { IsTupleType: true } tuple => "(" + string.Join(", ", tuple.TupleElements.Select(e => Text(e.Type, anonymous) + (e.IsExplicitlyNamedTupleElement ? " " + SymbolText.Name(e) : ""))) + ")",
            INamedTypeSymbol { IsAnonymousType: true } one => names.TypeParameter(anonymous.FindIndex(a => SymbolEqualityComparer.Default.Equals(a, one))) + mark,
            INamedTypeSymbol named => NamedText(named, anonymous) + mark,
            _ => throw new InvalidOperationException($"A type of kind {type.TypeKind} has no anonymous type in it."),
        };
    }

    /// <summary>The ranks of arrays of arrays are written from the outside in.</summary>
    private string ArrayText(IArrayTypeSymbol array, List<INamedTypeSymbol> anonymous)
    {
        var ranks = new StringBuilder();
        ITypeSymbol element = array;
        for (; element is IArrayTypeSymbol inner; element = inner.ElementType) ranks.Append('[').Append(',', inner.Rank - 1).Append(']');
        return Text(element, anonymous) + ranks;
    }

    private string NamedText(INamedTypeSymbol named, List<INamedTypeSymbol> anonymous)
    {
        var outer = named.ContainingType is { } type ? Text(type, anonymous) + "."
            : named.ContainingNamespace.IsGlobalNamespace ? "global::" : named.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + ".";
        var arguments = named.TypeArguments.Select(argument => Text(argument, anonymous)).ToList();
        return outer + SymbolText.Name(named) + arguments.InAngleBrackets();
    }
}

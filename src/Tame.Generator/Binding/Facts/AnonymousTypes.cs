using System.Text;
using Microsoft.CodeAnalysis;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Facts;

/// <summary>
/// Keeps values of types that contain unnamed types. They are kept as objects, and read through a generic method whose type parameters represent the unnamed
/// types and are inferred from examples. Unnamed types are those of <c>new { … }</c>, and those of lambdas that fit no named delegate.
/// </summary>
internal sealed class AnonymousTypes(GeneratedNames names, string typeParameterList, ExternAliases aliases)
{
    private readonly List<TypeTemplate> _all = [];

    private readonly List<string> _examples = [];

    public IReadOnlyList<TypeTemplate> All => _all;

    public IReadOnlyList<string> Examples => _examples;

    /// <summary>
    /// How a value of this type is read, with the examples that the call begins with. Null if the type contains no anonymous type, or one without a possible
    /// example.
    /// </summary>
    public Example? Find(ITypeSymbol type)
    {
        if (SymbolText.CanBeWritten(type) || Examine(type) is not (var template, var examples)) return null;
        return new Example(IndexOf(template, _all), examples.Select(example => IndexOf(example, _examples)).ToEquatable());
    }

    /// <summary>A type with type parameters for its unnamed types, and an expression of each of these types.</summary>
    private (TypeTemplate Template, IReadOnlyList<string> Examples)? Examine(ITypeSymbol type)
    {
        var anonymous = new List<INamedTypeSymbol>();
        if (!Collect(type, anonymous)) return null;
        var examples = anonymous.Select(one => one.TypeKind == TypeKind.Delegate ? Lambda(one) : Instance(one) is { } made ? $"false ? {made} : null" : null).ToList();
        if (examples.Any(example => example is null)) return null;
        return (new TypeTemplate(Text(type.WithNullableAnnotation(NullableAnnotation.None), anonymous), anonymous.Count, type.IsValueType), examples!);
    }

    private static int IndexOf<T>(T item, List<T> all)
    {
        var index = all.IndexOf(item);
        if (index >= 0) return index;
        all.Add(item);
        return all.Count - 1;
    }

    /// <summary>Finds the anonymous types in a type. Returns false if it contains another type that cannot be written.</summary>
    private static bool Collect(ITypeSymbol type, List<INamedTypeSymbol> found)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                return Collect(array.ElementType, found);
            case INamedTypeSymbol { IsAnonymousType: true } anonymous:
                if (!found.Contains(anonymous, SymbolEqualityComparer.Default)) found.Add(anonymous);
                return true;
            case INamedTypeSymbol named when !named.IsAnonymousType && (named.CanBeReferencedByName || named.IsTupleType):
                return named.TypeArguments.All(argument => Collect(argument, found)) && (named.ContainingType is null || Collect(named.ContainingType, found));
            default:
                return SymbolText.CanBeWritten(type);
        }
    }

    /// <summary>A lambda of a type that the compiler created for such lambdas. One signature has one type.</summary>
    private string? Lambda(INamedTypeSymbol type) => type.DelegateInvokeMethod is { } method && method.Parameters.All(p => SymbolText.CanBeWritten(p.Type)) && SymbolText.CanBeWritten(method.ReturnType)
        ? $"{ParameterText.ReturnType(method, aliases)} ({string.Join(", ", method.Parameters.Select(p => ParameterText.Parameter(p, "p" + p.Ordinal, aliases)))}) => {{ throw null!; }}" : null;

    private string? Instance(INamedTypeSymbol anonymous)
    {
        var members = new List<string>();
        foreach (var property in anonymous.GetMembers().OfType<IPropertySymbol>())
        {
            if (Default(property.Type) is not { } value) return null;
            members.Add($"{SymbolText.Name(property)} = {value}");
        }

        return "new { " + string.Join(", ", members) + " }";
    }

    /// <summary>An expression of a type. If that cannot be written, a call of a method whose type parameters are inferred.</summary>
    private string? Default(ITypeSymbol type)
    {
        if (SymbolText.CanBeWritten(type)) return $"default({SymbolText.Of(type, aliases)})!";
        if (type is INamedTypeSymbol { IsAnonymousType: true, TypeKind: TypeKind.Class } anonymous) return Instance(anonymous) is { } made ? $"(false ? {made} : null)!" : null;
        if (Examine(type) is not (var template, var examples)) return null;
        var index = IndexOf(template with { IsDefault = true }, _all);
        return $"{names.ClosureClass}{typeParameterList}.{names.Default(index)}({string.Join(", ", examples)})";
    }

    private string Text(ITypeSymbol type, List<INamedTypeSymbol> anonymous)
    {
        if (SymbolText.CanBeWritten(type)) return SymbolText.Of(type, aliases);
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

using Microsoft.CodeAnalysis;

namespace Tame.Generator.Flow;

/// <summary>Recognizes structs that are arrays of a fixed length.</summary>
internal static class InlineArrays
{
    /// <summary>Null for all other types.</summary>
    public static int? LengthOf(ITypeSymbol? type) => type is INamedTypeSymbol { TypeKind: TypeKind.Struct }
        && type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass is { Name: "InlineArrayAttribute", ContainingNamespace.Name: "CompilerServices" })
            is { ConstructorArguments: [{ Value: int length }] } ? length : null;

    /// <summary>The type of the elements: that of the one field.</summary>
    public static ITypeSymbol ElementOf(ITypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>().First(field => !field.IsStatic).Type;
}

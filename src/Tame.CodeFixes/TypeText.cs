using Microsoft.CodeAnalysis;

namespace Tame.CodeFixes;

/// <summary>The text of a type, to declare a variable with.</summary>
internal static class TypeText
{
    /// <summary>The shortest text at its position. Null: the type has no name, such as an anonymous type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="model">The model of the document.</param>
    /// <param name="position">The position of the declaration.</param>
    public static string? Of(ITypeSymbol type, SemanticModel model, int position)
    {
        if (IsUnnamed(type))
            return null;
        var format = SymbolDisplayFormat.MinimallyQualifiedFormat;
        if (!model.GetNullableContext(position).AnnotationsEnabled())
            format = format.RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);
        return type.ToMinimalDisplayString(model, position, format);
    }

    private static bool IsUnnamed(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { IsAnonymousType: true } => true,
        INamedTypeSymbol named => named.TypeArguments.Any(IsUnnamed),
        IArrayTypeSymbol array => IsUnnamed(array.ElementType),
        _ => false,
    };
}

using Microsoft.CodeAnalysis;

namespace Tame.CodeFixes;

/// <summary>The text of a type, to declare a variable with.</summary>
internal static class TypeText
{
    /// <summary>As short as its place allows. Null: a type without a name, such as an anonymous one.</summary>
    /// <param name="type">The type.</param>
    /// <param name="model">The model of the document.</param>
    /// <param name="position">The place of the declaration.</param>
    /// <param name="isNullable">The variable may hold null, where the code is annotated.</param>
    public static string? Of(ITypeSymbol type, SemanticModel model, int position, bool isNullable = false)
    {
        if (IsUnnamed(type))
            return null;
        var format = SymbolDisplayFormat.MinimallyQualifiedFormat;
        if (!model.GetNullableContext(position).AnnotationsEnabled())
            format = format.RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);
        else if (isNullable && type.IsReferenceType)
            type = type.WithNullableAnnotation(NullableAnnotation.Annotated);
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

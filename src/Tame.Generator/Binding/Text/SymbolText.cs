using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Text;

/// <summary>Writes symbols as C# that means the same in every file: fully qualified, with nullability and tuple names.</summary>
internal static class SymbolText
{
    private static readonly SymbolDisplayFormat s_full = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_forPeople = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType);

    public static string Of(ITypeSymbol type, ExternAliases aliases)
    {
        var parts = type.ToDisplayParts(s_full);
        var text = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            text.Append(parts[i] switch
            {
                { Symbol: ITypeParameterSymbol parameter } => Name(parameter),
                { Kind: SymbolDisplayPartKind.Keyword } global when global.ToString() == "global" =>
                    aliases.Find(parts.Skip(i).Select(part => part.Symbol).OfType<INamedTypeSymbol>().FirstOrDefault()?.ContainingAssembly) ?? "global",
                var part => part.ToString(),
            });
        }

        return text.ToString();
    }

    /// <summary>Whether values of a type are, or may be, confined to the stack: those of a ref struct, or of a type parameter that permits one.</summary>
    public static bool IsRefStruct(ITypeSymbol type) => type.IsRefLikeType || type is ITypeParameterSymbol { AllowsRefLikeType: true };

    public static string ForPeople(ISymbol symbol) => symbol.ToDisplayString(s_forPeople);

    /// <summary>Includes the <c>@</c> that makes it a name: if a keyword needs it, and if the user wrote it for a contextual keyword.</summary>
    public static string Name(ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) != SyntaxKind.None || IsVerbatim(symbol) ? "@" + symbol.Name : symbol.Name;

    private static bool IsVerbatim(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault() is { SourceTree: { } tree, SourceSpan: { IsEmpty: false } span } && tree.GetText()[span.Start] == '@';

    /// <summary>All <c>where</c> clauses, each with a space before it.</summary>
    public static string Constraints(IEnumerable<ITypeParameterSymbol> parameters, ExternAliases aliases)
    {
        var text = new StringBuilder();
        foreach (var parameter in parameters)
        {
            var parts = ConstraintParts(parameter, aliases).ToList();
            if (parts.Count > 0) text.Append(" where ").Append(Name(parameter)).Append(" : ").Append(string.Join(", ", parts));
        }

        return text.ToString();
    }

    private static IEnumerable<string> ConstraintParts(ITypeParameterSymbol parameter, ExternAliases aliases)
    {
        if (parameter.HasReferenceTypeConstraint)
            yield return parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class";
        if (parameter.HasUnmanagedTypeConstraint) yield return "unmanaged";
        else if (parameter.HasValueTypeConstraint) yield return "struct";
        if (parameter.HasNotNullConstraint) yield return "notnull";
        foreach (var type in parameter.ConstraintTypes) yield return Of(type, aliases);
        if (parameter.HasConstructorConstraint && !parameter.HasValueTypeConstraint) yield return "new()";
        if (parameter.AllowsRefLikeType) yield return "allows ref struct";
    }

    /// <summary>Whether the type can be written: it contains no anonymous type.</summary>
    public static bool CanBeWritten(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => CanBeWritten(array.ElementType),
        IPointerTypeSymbol pointer => CanBeWritten(pointer.PointedAtType),
        INamedTypeSymbol named => !named.IsAnonymousType && (named.CanBeReferencedByName || named.IsTupleType)
            && named.TypeArguments.All(CanBeWritten) && (named.ContainingType is null || CanBeWritten(named.ContainingType)),
        _ => true,
    };

    /// <summary>Whether a field of this type can keep anything alive.</summary>
    public static bool HoldsReferences(ITypeSymbol type) => !type.IsUnmanagedType;
}

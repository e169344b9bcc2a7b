using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Analysis.Paths;

/// <summary>What a condition implies for one expression: its possible values if the condition is true, and if it is false.</summary>
internal readonly record struct Condition(ulong WhenTrue, ulong WhenFalse)
{
    public Condition Not => new(WhenFalse, WhenTrue);

    public Condition And(Condition other) => new(WhenTrue & other.WhenTrue, WhenFalse | other.WhenFalse);

    public Condition Or(Condition other) => new(WhenTrue | other.WhenTrue, WhenFalse & other.WhenFalse);

    public static Condition? Exactly(ulong? values, ValueDomain domain) => values is { } known ? new Condition(known, domain.All & ~known) : null;

    /// <summary>The implications of <c>x is …</c> for x.</summary>
    public static Condition Of(IPatternOperation pattern, ValueDomain domain) => pattern switch
    {
        IConstantPatternOperation constant => Exactly(domain.EqualTo(Constants.Of(constant.Value)), domain) ?? Nothing(domain),
        IRelationalPatternOperation relation => Compare(relation.OperatorKind, Constants.Of(relation.Value), domain) ?? Nothing(domain),
        INegatedPatternOperation negated => Of(negated.Pattern, domain).Not,
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } or => Of(or.LeftPattern, domain).Or(Of(or.RightPattern, domain)),
        IBinaryPatternOperation and => Of(and.LeftPattern, domain).And(Of(and.RightPattern, domain)),
        IDiscardPatternOperation or IDeclarationPatternOperation { MatchesNull: true } => new Condition(domain.All, 0),
        IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } any when IsOfInput(any, any.MatchedType) => NotNull(domain, isAll: true),
        IDeclarationPatternOperation declaration => NotNull(domain, IsOfInput(declaration, declaration.MatchedType)),
        ITypePatternOperation type => NotNull(domain, IsOfInput(type, type.MatchedType)),
        _ => NotNull(domain, isAll: false),
    };

    public static Condition? Compare(BinaryOperatorKind kind, object? value, ValueDomain domain) => kind switch
    {
        BinaryOperatorKind.Equals => Exactly(domain.EqualTo(value), domain),
        BinaryOperatorKind.NotEquals => Exactly(domain.EqualTo(value), domain)?.Not,
        BinaryOperatorKind.GreaterThan => Exactly(domain.GreaterThan(value), domain),
        BinaryOperatorKind.LessThanOrEqual => Exactly(domain.GreaterThan(value), domain)?.Not,
        BinaryOperatorKind.LessThan => Exactly(domain.LessThan(value), domain),
        BinaryOperatorKind.GreaterThanOrEqual => Exactly(domain.LessThan(value), domain)?.Not,
        _ => null,
    };

    private static Condition Nothing(ValueDomain domain) => new(domain.All, domain.All);

    private static Condition NotNull(ValueDomain domain, bool isAll) =>
        domain.EqualTo(null) is { } isNull ? new Condition(domain.NotNull, isAll ? isNull : domain.All) : Nothing(domain);

    private static bool IsOfInput(IPatternOperation pattern, ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(pattern.InputType, type)
        || (pattern.InputType is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } maybe && SymbolEqualityComparer.Default.Equals(maybe.TypeArguments[0], type));
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Analysis.Paths;

/// <summary>Reads the conditions of a body as statements about the values of one expression each.</summary>
internal sealed class ConditionReader(Func<IOperation, IOperation> resolve, Func<IOperation, ISymbol?> variableOf)
{
    /// <summary>The expression whose values a condition distinguishes, or null.</summary>
    public PureExpression? ExpressionIn(IOperation condition) => Parts(condition) is { } parts && KindOf(parts) is not null ? Pure(parts) : null;

    /// <summary>The regions that some conditions on one expression distinguish.</summary>
    public ValueDomain Domain(IEnumerable<IOperation> conditions)
    {
        var all = conditions.Select(condition => Parts(condition)!.Value).ToList();
        return new ValueDomain(KindOf(all[0])!.Value, all[0].IsRelation ? 0 : Least(all[0].Tested), all.SelectMany(ConstantsOf));
    }

    public Condition? Read(IOperation condition, ValueDomain domain)
    {
        if (Parts(condition) is not { } parts)
            return null;
        var read = parts switch
        {
            { Pattern: { } pattern } => Condition.Of(pattern, domain),
            { IsRelation: true } => Condition.Exactly(domain.EqualTo(true), domain),
            _ => Condition.Compare(parts.Comparison, parts.Constant, domain),
        };
        return parts.IsNegated ? read?.Not : read;
    }

    /// <summary>The possible values of a variable after an assignment.</summary>
    public static ulong? Assigned(IOperation value, ValueDomain domain) => Constants.Of(value) is var constant && constant != Constants.None ? domain.EqualTo(constant)
        : Stripped(value) is IObjectCreationOperation or IArrayCreationOperation or IInterpolatedStringOperation && domain.EqualTo(null) is not null ? domain.NotNull
        : null;

    private PureExpression? Pure(Parted parts)
    {
        if (!parts.IsRelation)
            return PureExpression.Of(resolve(parts.Tested), variableOf);
        var (left, right) = (PureExpression.Of(resolve(parts.Tested), variableOf), PureExpression.Of(resolve(parts.Other!), variableOf));
        return left is null || right is null ? null
            : new PureExpression($"{left.Text} {parts.Comparison} {right.Text}", [.. left.Variables, .. right.Variables]);
    }

    private static IEnumerable<object> ConstantsOf(Parted parts) => parts.Pattern is { } pattern
        ? pattern.DescendantsAndSelf().Select(part => part switch
        {
            IConstantPatternOperation constant => Constants.Of(constant.Value),
            IRelationalPatternOperation relation => Constants.Of(relation.Value),
            _ => null,
        }).OfType<object>()
        : parts.Constant is { } known ? [known] : [];

    /// <summary>The parts of a condition: <c>!x</c>, <c>x is …</c>, <c>x > 3</c>, <c>x > y</c>.</summary>
    private Parted? Parts(IOperation condition)
    {
        condition = resolve(Stripped(condition));
        return condition switch
        {
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null } not => Parts(not.Operand) is { } parts ? parts with { IsNegated = !parts.IsNegated } : null,
            IIsPatternOperation { Pattern: var pattern, Value: var value } => new Parted(Stripped(value)) { Pattern = pattern },
            IIsNullOperation { Operand: var operand } => new Parted(Stripped(operand)),
            IPropertyReferenceOperation { Property: { Name: "HasValue", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }, Instance: { } maybe } =>
                new Parted(maybe) { Comparison = BinaryOperatorKind.NotEquals },
            IBinaryOperation binary => Parts(binary),
            _ => new Parted(condition) { Constant = true },
        };
    }

    private static Parted? Parts(IBinaryOperation binary)
    {
        var (left, right, kind) = (binary.LeftOperand, binary.RightOperand, binary.OperatorKind);
        if (Mirrored(kind) is not { } mirrored)
            return new Parted(binary) { Constant = true };
        if (Constants.Of(left) != Constants.None)
            (left, right, kind) = (right, left, mirrored);
        var constant = Constants.Of(right);
        if (constant is null || (constant != Constants.None && PureExpression.IsPure(binary.OperatorMethod)))
            return new Parted(Stripped(left)) { Comparison = kind, Constant = constant };
        if (right.ConstantValue.HasValue || !PureExpression.IsPure(binary.OperatorMethod) || IsFloating(left.Type))
            return null;
        return kind switch
        {
            BinaryOperatorKind.GreaterThanOrEqual => new Parted(left) { Other = right, Comparison = BinaryOperatorKind.LessThan, IsNegated = true },
            BinaryOperatorKind.LessThanOrEqual => new Parted(right) { Other = left, Comparison = BinaryOperatorKind.LessThan, IsNegated = true },
            BinaryOperatorKind.GreaterThan => new Parted(right) { Other = left, Comparison = BinaryOperatorKind.LessThan },
            BinaryOperatorKind.NotEquals => new Parted(left) { Other = right, Comparison = BinaryOperatorKind.Equals, IsNegated = true },
            _ => new Parted(left) { Other = right, Comparison = kind },
        };
    }

    private static BinaryOperatorKind? Mirrored(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals => kind,
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        _ => null,
    };

    /// <summary>Both comparisons are false if one of the operands is NaN.</summary>
    private static bool IsFloating(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Single or SpecialType.System_Double
        || type?.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private static ValueKind? KindOf(Parted parts) => parts.IsRelation ? ValueKind.Bool : KindOf(parts.Tested.Type);

    private static ValueKind? KindOf(ITypeSymbol? type) => type switch
    {
        { SpecialType: SpecialType.System_Boolean } => ValueKind.Bool,
        { SpecialType: >= SpecialType.System_Char and <= SpecialType.System_Int64 } or { TypeKind: TypeKind.Enum } => ValueKind.Number,
        { IsReferenceType: true } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => ValueKind.Reference,
        _ => null,
    };

    private static long Least(IOperation tested) => tested.Type?.SpecialType is SpecialType.System_Byte or SpecialType.System_UInt16 or SpecialType.System_UInt32 or SpecialType.System_Char
        || tested is IPropertyReferenceOperation { Property.Name: "Length" } ? 0 : long.MinValue;

    private static IOperation Stripped(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true, OperatorMethod: null, Type: not { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } } conversion)
            operation = conversion.Operand;
        return operation;
    }

    private readonly record struct Parted(IOperation Tested)
    {
        public BinaryOperatorKind Comparison { get; init; } = BinaryOperatorKind.Equals;

        public object? Constant { get; init; }

        public IPatternOperation? Pattern { get; init; }

        /// <summary>The other operand of the comparison, if it is not a constant.</summary>
        public IOperation? Other { get; init; }

        public bool IsNegated { get; init; }

        public bool IsRelation => Other is not null;
    }
}

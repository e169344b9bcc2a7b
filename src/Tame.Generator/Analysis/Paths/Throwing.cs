using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Analysis.Paths;

/// <summary>Tells which operations can throw in a correct program: a field or a sum cannot, but a cast or a constructor can.</summary>
internal static class Throwing
{
    public static bool May(IOperation operation) => operation switch
    {
        IObjectCreationOperation or IArrayElementReferenceOperation or IArrayCreationOperation or IThrowOperation => true,
        IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or IDynamicObjectCreationOperation => true,
        IEventAssignmentOperation or IAwaitOperation or IInterpolatedStringOperation => true,
        IConversionOperation conversion => conversion.OperatorMethod is not null || (!conversion.IsImplicit && conversion.Type?.IsReferenceType == true) || conversion.IsChecked,
        IBinaryOperation binary => binary.OperatorMethod is not null || binary.IsChecked || binary.OperatorKind is BinaryOperatorKind.Divide or BinaryOperatorKind.IntegerDivide or BinaryOperatorKind.Remainder,
        IUnaryOperation unary => unary.OperatorMethod is not null || unary.IsChecked,
        IIncrementOrDecrementOperation increment => increment.OperatorMethod is not null || increment.IsChecked,
        ICompoundAssignmentOperation compound => compound.OperatorMethod is not null || compound.IsChecked || compound.OperatorKind is BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder,
        _ => false,
    };
}

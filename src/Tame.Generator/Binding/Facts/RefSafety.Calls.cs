using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Binding.Text;

namespace Tame.Generator.Binding.Facts;

/// <summary>The result of a call may be, or contain, an argument, unless its parameter says <c>scoped</c>.</summary>
internal sealed partial class RefSafety
{
    private RefScope OfCall(IOperation call) => call switch
    {
        IInvocationOperation { TargetMethod: var method } invocation => Narrower(OfReceiver(invocation.Instance, method), OfArguments(invocation.Arguments)),
        IPropertyReferenceOperation { Property: var property } reference => Narrower(OfReceiver(reference.Instance, property), OfArguments(reference.Arguments)),
        IObjectCreationOperation { Initializer: var initializer } creation => Narrower(OfArguments(creation.Arguments), OfInitializer(initializer)),
        IConversionOperation { OperatorMethod: { } method, Operand: var operand } => OfArgument(method.Parameters[0], operand),
        IBinaryOperation { OperatorMethod: { } method } binary => Narrower(OfArgument(method.Parameters[0], binary.LeftOperand), OfArgument(method.Parameters[1], binary.RightOperand)),
        IUnaryOperation { OperatorMethod: { } method } unary => OfArgument(method.Parameters[0], unary.Operand),
        _ => Narrowest(call.ChildOperations.Select(OfValue)),
    };

    /// <summary>A ref struct may return what it contains. A struct may return a reference to itself only if it says so.</summary>
    private RefScope OfReceiver(IOperation? receiver, ISymbol member)
    {
        if (receiver?.Type is not { IsReferenceType: false }) return RefScope.Caller;
        return Narrower(OfValue(receiver), IsUnscoped(member) ? OfReference(receiver) : RefScope.Caller);
    }

    private static bool IsUnscoped(ISymbol member) => HasUnscopedRef(member) || member switch
    {
        IMethodSymbol { AssociatedSymbol: { } property } => HasUnscopedRef(property),
        IPropertySymbol { GetMethod: { } getter } => HasUnscopedRef(getter),
        _ => false,
    };

    private static bool HasUnscopedRef(ISymbol symbol) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "UnscopedRefAttribute");

    private RefScope OfArguments(IEnumerable<IArgumentOperation> arguments) =>
        Narrowest(arguments.Select(argument => argument.Parameter is { } parameter ? OfArgument(parameter, argument.Value) : RefScope.Method));

    private RefScope OfArgument(IParameterSymbol parameter, IOperation value)
    {
        if (parameter.ScopedKind == ScopedKind.ScopedValue || (parameter.RefKind == RefKind.Out && !HasUnscopedRef(parameter))) return RefScope.Caller;
        var contained = SymbolText.IsRefStruct(parameter.Type) ? OfValue(value) : RefScope.Caller;
        return parameter.RefKind == RefKind.None || parameter.ScopedKind == ScopedKind.ScopedRef ? contained : Narrower(contained, OfReference(value));
    }

    private RefScope OfInitializer(IObjectOrCollectionInitializerOperation? initializer) => initializer is null ? RefScope.Caller
        : Narrowest(initializer.Initializers.Select(member => member switch
        {
            ISimpleAssignmentOperation { IsRef: true } assignment => OfReference(assignment.Value),
            ISimpleAssignmentOperation assignment => OfValue(assignment.Value),
            _ => Narrowest(member.ChildOperations.Select(OfValue)),
        }));

    /// <summary>The elements are in a temporary value, unless they are constants that are in the program itself.</summary>
    private static RefScope OfCollection(ICollectionExpressionOperation collection)
    {
        if (collection.Elements.IsEmpty) return RefScope.Caller;
        if (collection.ConstructMethod is { } method) return method.Parameters is [.., { ScopedKind: ScopedKind.None } items] && SymbolText.IsRefStruct(items.Type) ? RefScope.Block : RefScope.Caller;
        return collection.Type is INamedTypeSymbol { Name: "ReadOnlySpan", TypeArguments: [{ SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Double and not SpecialType.System_Decimal } or { TypeKind: TypeKind.Enum }] }
            && collection.Elements.All(element => element.ConstantValue.HasValue) ? RefScope.Caller : RefScope.Block;
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Binding.Text;

namespace Tame.Generator.Binding.Facts;

/// <summary>The scope that C# gives a reference, or a value that contains one.</summary>
internal enum RefScope
{
    /// <summary>It refers to the heap, or to nothing. It may leave the method.</summary>
    Caller,

    /// <summary>It may refer to the stack of the method.</summary>
    Method,

    /// <summary>It may refer to a temporary value, which lives as long as the enclosing block.</summary>
    Block,
}

/// <summary>
/// Finds the scope that C# gives the locals of a body that are references or ref structs. A local without <c>scoped</c> has the scope of its first value. A
/// declaration that moves must state the same scope. See "ref safe context" and "safe context" in the C# specification.
/// </summary>
internal sealed partial class RefSafety(SemanticModel model, CancellationToken cancellationToken)
{
    private readonly Dictionary<ILocalSymbol, RefScope> _locals = new(SymbolEqualityComparer.Default);

    /// <summary>The scope of the reference of a ref local, or of the value of any other local.</summary>
    public RefScope Of(ILocalSymbol local)
    {
        if (_locals.TryGetValue(local, out var known)) return known;
        _locals[local] = RefScope.Caller; // a value that names the local itself adds nothing
        return _locals[local] = local.ScopedKind != ScopedKind.None ? RefScope.Method : OfDeclaration(local);
    }

    private RefScope OfDeclaration(ILocalSymbol local) => local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) switch
    {
        VariableDeclaratorSyntax { Initializer.Value: RefExpressionSyntax { Expression: var place } } => OfReference(Operation(place)),
        VariableDeclaratorSyntax { Initializer.Value: var value } => OfValue(Operation(value)),
        ForEachStatementSyntax { Expression: var collection } => OfValue(Operation(collection)),
        SingleVariableDesignationSyntax designation => OfDesignation(designation),
        _ => RefScope.Caller,
    };

    /// <summary>A variable that an expression declares has the scope of the value that is matched, deconstructed, or passed with it.</summary>
    private RefScope OfDesignation(SyntaxNode designation)
    {
        foreach (var node in designation.Ancestors())
        {
            switch (node)
            {
                case IsPatternExpressionSyntax test:
                    return OfValue(Operation(test.Expression));
                case SwitchExpressionSyntax choice:
                    return OfValue(Operation(choice.GoverningExpression));
                case SwitchStatementSyntax choice:
                    return OfValue(Operation(choice.Expression));
                case AssignmentExpressionSyntax assignment:
                    return OfValue(Operation(assignment.Right));
                case ForEachVariableStatementSyntax loop:
                    return OfValue(Operation(loop.Expression));
                case ArgumentSyntax { Parent: not TupleExpressionSyntax } argument:
                    return Operation(argument)?.Parent is { } call ? OfCall(call) : RefScope.Method;
                case StatementSyntax:
                    return RefScope.Method;
            }
        }

        return RefScope.Method;
    }

    private IOperation? Operation(SyntaxNode syntax)
    {
        while (syntax is ParenthesizedExpressionSyntax { Expression: var inner }) syntax = inner;
        var operation = model.GetOperation(syntax, cancellationToken);
        return operation?.Parent is IConversionOperation { IsImplicit: true } conversion && conversion.Syntax == operation.Syntax ? conversion : operation;
    }

    /// <summary>The safe context of a value.</summary>
    private RefScope OfValue(IOperation? value)
    {
        if (value is null) return RefScope.Method;
        if (value.Syntax is StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax) return RefScope.Method;
        if (value.Type is null || !SymbolText.IsRefStruct(value.Type) || value.ConstantValue.HasValue) return RefScope.Caller;
        return value switch
        {
            ILocalReferenceOperation { Local: { IsRef: true } local } => OfValueBehind(local),
            ILocalReferenceOperation { Local: var local } => Of(local),
            IConversionOperation { OperatorMethod: null, Operand: { Type: { } from } operand } => IsInlineArray(from) ? OfReference(operand) : OfValue(operand),
            ICollectionExpressionOperation collection => OfCollection(collection),
            IConditionalOperation choice => Narrower(OfValue(choice.WhenTrue), OfValue(choice.WhenFalse)),
            ICoalesceOperation choice => Narrower(OfValue(choice.Value), OfValue(choice.WhenNull)),
            ISwitchExpressionOperation choice => Narrowest(choice.Arms.Select(arm => OfValue(arm.Value))),
            ISimpleAssignmentOperation assignment => OfValue(assignment.Value),
            IFieldReferenceOperation { Instance: { } instance } => OfValue(instance),
            IImplicitIndexerReferenceOperation { Instance: var instance } => IsInlineArray(instance.Type) ? OfReference(instance) : OfValue(instance),
            IInlineArrayAccessOperation access => OfReference(access.Instance),
            IInvocationOperation or IPropertyReferenceOperation or IObjectCreationOperation or IConversionOperation or IBinaryOperation or IUnaryOperation => OfCall(value),
            IThrowOperation => RefScope.Caller,
            _ => Narrowest(value.ChildOperations.Select(OfValue)),
        };
    }

    private RefScope OfValueBehind(ILocalSymbol reference) => reference.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken)
        is VariableDeclaratorSyntax { Initializer.Value: RefExpressionSyntax { Expression: var place } } ? OfValue(Operation(place)) : RefScope.Method;

    /// <summary>The ref safe context of a location.</summary>
    private RefScope OfReference(IOperation? place) => place switch
    {
        ILocalReferenceOperation { Local: var local } => local.IsRef ? Of(local) : RefScope.Method,
        IParameterReferenceOperation => RefScope.Method,
        IArrayElementReferenceOperation => RefScope.Caller,
        IFieldReferenceOperation { Field.IsStatic: true } or IFieldReferenceOperation { Instance.Type.IsReferenceType: true } => RefScope.Caller,
        IFieldReferenceOperation { Field.RefKind: not RefKind.None, Instance: var instance } => OfValue(instance),
        IFieldReferenceOperation { Instance: var instance } => OfReference(instance),
        IInlineArrayAccessOperation access => OfReference(access.Instance),
        IConditionalOperation choice => Narrower(OfReference(choice.WhenTrue), OfReference(choice.WhenFalse)),
        ISimpleAssignmentOperation { IsRef: true } assignment => OfReference(assignment.Value),
        IInvocationOperation { TargetMethod.RefKind: not RefKind.None } or IPropertyReferenceOperation { Property.RefKind: not RefKind.None } => OfCall(place),
        IImplicitIndexerReferenceOperation { IndexerSymbol: IPropertySymbol { RefKind: not RefKind.None }, Instance: var instance } => OfValue(instance),
        { Syntax: PrefixUnaryExpressionSyntax or ElementAccessExpressionSyntax or MemberAccessExpressionSyntax, Kind: OperationKind.None } => RefScope.Caller, // through a pointer
        _ => RefScope.Block,
    };

    private static bool IsInlineArray(ITypeSymbol? type) => type?.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "InlineArrayAttribute") == true;

    private static RefScope Narrower(RefScope one, RefScope other) => one > other ? one : other;

    private static RefScope Narrowest(IEnumerable<RefScope> scopes) => scopes.Aggregate(RefScope.Caller, Narrower);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Flow;

namespace Tame.Generator.Binding.Facts;

/// <summary>
/// Recognizes code that calls no user code: what C# does itself, the types that C# has keywords for, the common collections, and the runtime of Tame, which
/// runs no user code inside a trigger. Any code that it does not recognize is assumed to call anything.
/// </summary>
internal sealed class HarmlessCode(PrimitiveSymbols primitives, Compilation compilation)
{
    private readonly IAssemblySymbol _core = compilation.GetSpecialType(SpecialType.System_Object).ContainingAssembly;

    /// <summary>Whether an operation calls no user code. Its operands are checked separately.</summary>
    public bool IsHarmless(IOperation operation) => operation switch
    {
        IInvocationOperation call => IsHarmlessCall(call),
        IPropertyReferenceOperation property => IsHarmlessProperty(property),
        IObjectCreationOperation made => made.Constructor is not { } constructor || constructor.IsImplicitlyDeclared && made.Type is { IsValueType: true } || IsHarmlessConstructor(constructor),
        IConversionOperation conversion => IsHarmlessOperator(conversion.OperatorMethod),
        IBinaryOperation binary => IsHarmlessOperator(binary.OperatorMethod) && (binary.Type?.SpecialType != SpecialType.System_String || (IsClosed(binary.LeftOperand) && IsClosed(binary.RightOperand))),
        IUnaryOperation unary => IsHarmlessOperator(unary.OperatorMethod),
        IIncrementOrDecrementOperation step => IsHarmlessOperator(step.OperatorMethod),
        ICompoundAssignmentOperation assignment => IsHarmlessOperator(assignment.OperatorMethod) && (assignment.Type?.SpecialType != SpecialType.System_String || IsClosed(assignment.Value)),
        IInterpolationOperation hole => IsClosed(hole.Expression),
        IForEachLoopOperation loop => IsPlainCollection(Unconverted(loop.Collection).Type),
        IUsingOperation @using => primitives.IsTwaitBlock(@using),
        IDeconstructionAssignmentOperation { Value.Type: var type } => type is { IsTupleType: true },
        IRecursivePatternOperation pattern => pattern.DeconstructSymbol is null || pattern.InputType.IsTupleType,
        IInvalidOperation => false,
        _ => IsPlain(operation),
    };

    /// <summary>What C# does without calling a method.</summary>
    private static bool IsPlain(IOperation operation) => operation.Kind
        is OperationKind.MethodBody or OperationKind.Block or OperationKind.VariableDeclarationGroup or OperationKind.VariableDeclaration or OperationKind.VariableDeclarator
        or OperationKind.VariableInitializer or OperationKind.Switch or OperationKind.SwitchCase or OperationKind.CaseClause or OperationKind.Loop or OperationKind.Labeled
        or OperationKind.Branch or OperationKind.Empty or OperationKind.Return or OperationKind.Lock or OperationKind.Try or OperationKind.CatchClause
        or OperationKind.ExpressionStatement or OperationKind.LocalFunction or OperationKind.Literal or OperationKind.Argument or OperationKind.ArrayElementReference
        or OperationKind.LocalReference or OperationKind.ParameterReference or OperationKind.FieldReference or OperationKind.InstanceReference or OperationKind.Conditional
        or OperationKind.Coalesce or OperationKind.CoalesceAssignment or OperationKind.AnonymousFunction or OperationKind.ArrayCreation or OperationKind.ArrayInitializer
        or OperationKind.IsType or OperationKind.IsPattern or OperationKind.SimpleAssignment or OperationKind.Parenthesized or OperationKind.DelegateCreation
        or OperationKind.DefaultValue or OperationKind.TypeOf or OperationKind.SizeOf or OperationKind.NameOf or OperationKind.Tuple or OperationKind.DeclarationExpression
        or OperationKind.Discard or OperationKind.Throw or OperationKind.ConditionalAccess or OperationKind.ConditionalAccessInstance or OperationKind.InterpolatedString
        or OperationKind.InterpolatedStringText or OperationKind.ConstantPattern or OperationKind.DeclarationPattern or OperationKind.DiscardPattern or OperationKind.TypePattern
        or OperationKind.RelationalPattern or OperationKind.NegatedPattern or OperationKind.BinaryPattern or OperationKind.SwitchExpression or OperationKind.SwitchExpressionArm
        or OperationKind.ObjectOrCollectionInitializer or OperationKind.MemberInitializer or OperationKind.AnonymousObjectCreation or OperationKind.Range or OperationKind.AddressOf
        or OperationKind.PropertySubpattern or OperationKind.TranslatedQuery or OperationKind.InlineArrayAccess;

    private bool IsHarmlessCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var type = method.ContainingType;
        if (primitives.IsTwait(method) && StartLambda.Of(call) is not null) return true;
        if (IsOfRuntime(type)) return !method.IsVirtual && !method.IsAbstract && !method.Parameters.Any(parameter => parameter.Type.TypeKind == TypeKind.Delegate);
        if (IsCommonCollection(type))
            return method.Name is "Add" or "Clear" or "Insert" or "RemoveAt" or "Enqueue" or "Dequeue" or "TryDequeue" or "Peek" or "TryPeek" or "Push" or "Pop" or "TryPop";
        return (IsClosed(type) || IsMath(type)) && method.Parameters.All(parameter => IsClosed(parameter.Type)) && method.TypeArguments.All(IsClosed);
    }

    private bool IsHarmlessProperty(IPropertyReferenceOperation reference)
    {
        var (property, type) = (reference.Property, reference.Property.ContainingType);
        if (IsOfRuntime(type)) return !property.IsVirtual && !property.IsAbstract;
        return IsClosed(type) || type.IsTupleType || type.IsAnonymousType || IsCommonCollection(type) || type.SpecialType == SpecialType.System_Array
            || (!property.IsVirtual && !property.IsAbstract && !property.IsOverride && IsAutomatic(property));
    }

    /// <summary>Whether a property of the project has no code.</summary>
    private static bool IsAutomatic(IPropertySymbol property) => property.OriginalDefinition.DeclaringSyntaxReferences is [var only] && only.GetSyntax() switch
    {
        ParameterSyntax => true,
        PropertyDeclarationSyntax { ExpressionBody: null, AccessorList.Accessors: var accessors } => accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null),
        _ => false,
    };

    /// <summary>A constructor of a core .NET type, with arguments that call nothing: usually of an exception.</summary>
    private bool IsHarmlessConstructor(IMethodSymbol constructor) => IsCommonCollection(constructor.ContainingType) && constructor.Parameters.All(parameter => IsClosed(parameter.Type))
        || IsOfRuntime(constructor.ContainingType) && constructor.ContainingType.Name != "EventLoop"
        || SymbolEqualityComparer.Default.Equals(constructor.ContainingAssembly, _core) && constructor.Parameters.All(parameter => IsClosed(parameter.Type));

    private bool IsHarmlessOperator(IMethodSymbol? method) => method is null || IsClosed(method.ContainingType) || IsOfRuntime(method.ContainingType);

    private bool IsOfRuntime(INamedTypeSymbol type) => type.Name != "EventLoop"
        && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, primitives.Primitives.ContainingAssembly)
        && !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);

    private static bool IsMath(INamedTypeSymbol type) => type is { Name: "Math" or "MathF" or "BitConverter", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    private static bool IsCommonCollection(ITypeSymbol? type) => type is INamedTypeSymbol
    {
        Name: "List" or "Queue" or "Stack", Arity: 1, ContainingNamespace: { Name: "Generic", ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } },
    };

    private static bool IsPlainCollection(ITypeSymbol? type) => type is IArrayTypeSymbol || type?.SpecialType == SpecialType.System_String || IsSpan(type) || IsCommonCollection(type);

    private static bool IsClosed(IOperation operation) => Unconverted(operation) is { ConstantValue.HasValue: true } or { Type: null } || IsClosed(Unconverted(operation).Type!);

    /// <summary>Whether a type's own members call no user code.</summary>
    private static bool IsClosed(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsClosed(array.ElementType),
        { TypeKind: TypeKind.Enum } => true,
        { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_UIntPtr or SpecialType.System_DateTime } => true,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } => IsClosed(inner),
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.All(element => IsClosed(element.Type)),
        INamedTypeSymbol { Name: "TimeSpan" or "Guid" or "Index" or "Range" or "StringComparison", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => true,
        _ => IsSpan(type) && IsClosed(((INamedTypeSymbol)type).TypeArguments[0]),
    };

    private static bool IsSpan(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", Arity: 1, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Removes conversions that run no user code.</summary>
    private static IOperation Unconverted(IOperation operation) =>
        operation is IConversionOperation { OperatorMethod: null, Operand: var operand } ? Unconverted(operand) : operation;
}

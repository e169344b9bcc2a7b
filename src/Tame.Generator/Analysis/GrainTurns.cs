using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Analysis;

/// <summary>
/// Finds functions in tamed bodies of a grain that run outside its turns and use the grain there. A function may use the values that it receives.
/// </summary>
internal static class GrainTurns
{
    private const string Attribute = "Tame.Orleans.TamedGrainAttribute";
    private const int ContinueOnCapturedContext = 1;

    private static readonly HashSet<string> s_elsewhere = new(StringComparer.Ordinal)
    {
        "System.Threading.Tasks.Task.Run",
        "System.Threading.ThreadPool.QueueUserWorkItem",
        "System.Threading.ThreadPool.UnsafeQueueUserWorkItem",
    };

    private static readonly HashSet<string> s_whereTold = new(StringComparer.Ordinal)
    {
        "System.Threading.Tasks.TaskFactory.StartNew",
        "System.Threading.Tasks.Task.ContinueWith",
    };

    public static void Check(IMethodBodyOperation body, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (body.SemanticModel?.GetDeclaredSymbol(body.Syntax, cancellationToken) is not IMethodSymbol { IsStatic: false, ContainingType: { } type } || !IsTamedGrain(type))
            return;
        foreach (var operation in body.Descendants())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (way, uses) = operation switch
            {
                IInvocationOperation call when Leaves(call) => ($"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}", call.Arguments.SelectMany(argument => UsesIn(argument.Value, body))),
                IAwaitOperation wait when LeavesBehind(wait) => ("ConfigureAwait(false)", UsesBehind(wait)),
                _ => ("", []),
            };
            if (uses.FirstOrDefault() is { } use)
                report(Diagnostic.Create(Rules.LeavesTheTurn, use.Syntax.GetLocation(), use.Syntax.ToString(), way));
        }
    }

    private static bool IsTamedGrain(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (at.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == Attribute))
                return true;
        }

        return false;
    }

    /// <summary>Whether a call runs its function on the thread pool. A call that names no scheduler uses that of the grain.</summary>
    private static bool Leaves(IInvocationOperation call)
    {
        string name = $"{call.TargetMethod.ContainingType.OriginalDefinition.ContainingNamespace}.{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}";
        return s_elsewhere.Contains(name)
            || (s_whereTold.Contains(name) && call.Arguments.Any(argument => argument.Value is IPropertyReferenceOperation { Property: { Name: "Default", ContainingType.Name: "TaskScheduler" } }));
    }

    private static bool LeavesBehind(IAwaitOperation wait) =>
        wait.Operation is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Arguments: [{ Value.ConstantValue: { HasValue: true, Value: var value } }] }
        && (value is false || (value is int options && (options & ContinueOnCapturedContext) == 0));

    /// <summary>The uses of the grain after a wait, in the same function.</summary>
    private static IEnumerable<IOperation> UsesBehind(IAwaitOperation wait)
    {
        IOperation? function = wait;
        while (function is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            function = function.Parent;
        return function is null ? [] : Uses(function).Where(use => use.Syntax.SpanStart > wait.Syntax.Span.End && FunctionAround(use) == function);
    }

    private static IOperation? FunctionAround(IOperation operation)
    {
        var at = operation.Parent;
        while (at is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            at = at.Parent;
        return at;
    }

    /// <summary>The uses of the grain in a function that is passed on: a lambda, a local function, or a method of the grain.</summary>
    private static IEnumerable<IOperation> UsesIn(IOperation value, IMethodBodyOperation body)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value is not IDelegateCreationOperation { Target: var target } ? [] : target switch
        {
            IAnonymousFunctionOperation lambda => Uses(lambda),
            IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } local } =>
                body.Descendants().OfType<ILocalFunctionOperation>().Where(function => SymbolEqualityComparer.Default.Equals(function.Symbol, local)).SelectMany(Uses),
            IMethodReferenceOperation { Instance: IInstanceReferenceOperation } method => [method],
            _ => [],
        };
    }

    private static IEnumerable<IOperation> Uses(IOperation function) => function.Descendants().Select(UseOfGrain).OfType<IOperation>();

    /// <summary>What an operation uses of the grain. Null if it uses nothing, or only what never changes.</summary>
    private static IOperation? UseOfGrain(IOperation operation) => operation switch
    {
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } self =>
            IsInNameof(self) || self.Parent is IFieldReferenceOperation { Field: var field } && IsFixed(field) ? null
            : self.Parent is IMemberReferenceOperation or IInvocationOperation { Instance: IInstanceReferenceOperation } ? self.Parent : self,
        IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor }, Type: var type } } parameter =>
            IsInNameof(parameter) || IsPlain(type) ? null : parameter,
        _ => null,
    };

    private static bool IsFixed(IFieldSymbol field) => field.IsReadOnly && IsPlain(field.Type);

    private static bool IsPlain(ITypeSymbol type) => type.SpecialType != SpecialType.None && type.SpecialType != SpecialType.System_Object || type.TypeKind == TypeKind.Enum;

    private static bool IsInNameof(IOperation operation)
    {
        for (var at = operation.Parent; at is not null; at = at.Parent)
        {
            if (at is INameOfOperation)
                return true;
        }

        return false;
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Binding.Rewrite;
using Tame.Generator.Flow;

namespace Tame.Generator.Analysis;

/// <summary>Compares the slots of an event with the values that the event's recipient may trigger it with.</summary>
internal sealed class SlotNullability(SemanticModel model, PrimitiveSymbols primitives, CancellationToken cancellationToken)
{
    private readonly EventSources _sources = new(model, primitives, cancellationToken);

    /// <summary>
    /// Whether the compiler's report at a node is about an event created in the body, each of whose slots can hold every value that may come.
    /// </summary>
    public bool Admits(ExpressionSyntax place) =>
        (Wanted(place) is { } wanted && AdmitsAll(place, wanted.TypeArguments)) || AdmitsSummand(place) || AdmitsSource(place) || AdmitsValue(place);

    /// <summary>The required type of the node: an event, or a delegate created from one. A sum has the type of its left side.</summary>
    private INamedTypeSymbol? Wanted(ExpressionSyntax place) => (place, Outermost(place)) switch
    {
        (CastExpressionSyntax cast, _) => model.GetTypeInfo(cast.Type, cancellationToken).Type,
        (_, { Parent: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum } operand) when operand == sum.Right => model.GetTypeInfo(sum.Left, cancellationToken).Type,
        _ => ArgumentAt(place)?.Parameter?.Type ?? model.GetTypeInfo(place, cancellationToken).ConvertedType,
    } as INamedTypeSymbol;

    /// <summary>The argument that an expression is, including the receiver of an extension method.</summary>
    private IArgumentOperation? ArgumentAt(ExpressionSyntax place)
    {
        var outer = Outermost(place);
        return outer.Parent switch
        {
            ArgumentSyntax argument => model.GetOperation(argument, cancellationToken) as IArgumentOperation,
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Expression == outer =>
                _sources.Operation(call)?.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0 && outer.Span.Contains(argument.Value.Syntax.Span)),
            _ => null,
        };
    }

    private static ExpressionSyntax Outermost(ExpressionSyntax place)
    {
        while (place.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax) place = (ExpressionSyntax)place.Parent;
        return place;
    }

    /// <summary>Whether all events of an expression take these values, and at least one of them is created there.</summary>
    private bool AdmitsAll(ExpressionSyntax events, IReadOnlyList<ITypeSymbol> values)
    {
        var sources = _sources.Of(events).ToList();
        return sources.Any(_sources.IsMade) && sources.All(source => AdmitsAt(source, values));
    }

    private bool AdmitsAt(ExpressionSyntax source, IReadOnlyList<ITypeSymbol> values)
    {
        if (!_sources.IsMade(source))
        {
            return model.GetTypeInfo(source, cancellationToken).Type is INamedTypeSymbol type && type.TypeArguments.Length == values.Count
                && type.TypeArguments.Zip(values, SymbolEqualityComparer.IncludeNullability.Equals).All(same => same);
        }

        var slots = SlotsOf(source);
        return slots.Count == values.Count && slots.Zip(values, Admits).All(admits => admits);
    }

    private List<ITypeSymbol?> SlotsOf(ExpressionSyntax source) =>
        [.. _sources.MakerOf(source)!.ArgumentList.Arguments.Where(a => a.RefKindKeyword.IsKind(SyntaxKind.OutKeyword)).Select(a => TypeOf(a.Expression))];

    /// <summary>Whether the node is an event that is added to one created here.</summary>
    private bool AdmitsSummand(ExpressionSyntax place) => Outermost(place) is { Parent: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum } summand
        && model.GetTypeInfo(place, cancellationToken).Type is INamedTypeSymbol type && primitives.IsEvent(type) && AdmitsAll(sum.Left == summand ? sum.Right : sum.Left, type.TypeArguments);

    /// <summary>
    /// Whether the node is the source of the values, such as the task in <c>task.Trigger(mkevent(out line))</c>. The compiler infers one type for both, that of
    /// the slot, and then reports the task.
    /// </summary>
    private bool AdmitsSource(ExpressionSyntax place)
    {
        if (ArgumentAt(place) is not { Parameter.OriginalDefinition.Type: INamedTypeSymbol pattern, Parent: IInvocationOperation call } given
            || model.GetTypeInfo(place, cancellationToken).Type is not INamedTypeSymbol actual || !SymbolEqualityComparer.Default.Equals(actual.OriginalDefinition, pattern.OriginalDefinition))
            return false;
        var values = new Dictionary<ITypeSymbol, ITypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var (parameter, value) in pattern.TypeArguments.Zip(actual.TypeArguments, (parameter, value) => (parameter, value)))
        {
            if (parameter is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method }) values[parameter] = value;
        }

        var others = call.Arguments.Where(other => other != given && other is { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter } && values.Keys.Any(value => Mentions(parameter.OriginalDefinition.Type, value))).ToList();
        return others.Count > 0 && others.All(other => other.Parameter!.OriginalDefinition.Type is INamedTypeSymbol type && primitives.IsEvent(type)
            && other.Value.Syntax is ExpressionSyntax events && AdmitsAll(events, [.. type.TypeArguments.Select(value => values.TryGetValue(value, out var known) ? known : value)]));
    }

    private static bool Mentions(ITypeSymbol type, ITypeSymbol parameter) => SymbolEqualityComparer.Default.Equals(type, parameter) || type switch
    {
        IArrayTypeSymbol array => Mentions(array.ElementType, parameter),
        INamedTypeSymbol named => named.TypeArguments.Any(argument => Mentions(argument, parameter)),
        _ => false,
    };

    /// <summary>
    /// Whether the node is a value with which an event created here is triggered: an argument of <c>Trigger</c>, or the result of the work passed to
    /// <c>Start</c>.
    /// </summary>
    private bool AdmitsValue(ExpressionSyntax place)
    {
        var function = FunctionOf(Outermost(place));
        if (ArgumentAt(function ?? place) is not { Parameter.Ordinal: var index, Parent: IInvocationOperation { TargetMethod: var method, Instance.Syntax: ExpressionSyntax events } }
            || method.Name is not ("Trigger" or "Start") || !primitives.IsEvent(method.ContainingType))
            return false;
        var sources = _sources.Of(events).ToList();
        return sources.All(_sources.IsMade) && sources.Select(SlotsOf).All(slots => index < slots.Count && Takes(slots[index]));

        bool Takes(ITypeSymbol? slot) => YieldedBy(place) is { } yielded ? Admits(slot, yielded) : slot?.NullableAnnotation == NullableAnnotation.Annotated;
    }

    /// <summary>The lambda whose result an expression is.</summary>
    private static AnonymousFunctionExpressionSyntax? FunctionOf(ExpressionSyntax result) => result.Parent switch
    {
        AnonymousFunctionExpressionSyntax function => function,
        ReturnStatementSyntax statement => statement.Ancestors().FirstOrDefault(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) as AnonymousFunctionExpressionSyntax,
        _ => null,
    };

    /// <summary>
    /// The type of the result of a task, or of a method or delegate that returns one. Null for a plain value, which matters only if it is null.
    /// </summary>
    private ITypeSymbol? YieldedBy(ExpressionSyntax place) =>
        Yielded(model.GetSymbolInfo(place, cancellationToken).Symbol is IMethodSymbol method && place is not InvocationExpressionSyntax ? method.ReturnType : model.GetTypeInfo(place, cancellationToken).Type);

    private static ITypeSymbol? Yielded(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { DelegateInvokeMethod: { } invoke } => Yielded(invoke.ReturnType),
        INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks", TypeArguments: [var result] } => result,
        _ => null,
    };

    /// <summary>Null may come only if the slot allows it. Inside the types the annotations must be the same.</summary>
    private static bool Admits(ITypeSymbol? slot, ITypeSymbol value)
    {
        if (slot is null || (value.NullableAnnotation == NullableAnnotation.Annotated && slot.NullableAnnotation == NullableAnnotation.NotAnnotated)) return false;
        return SymbolEqualityComparer.IncludeNullability.Equals(
            slot.WithNullableAnnotation(NullableAnnotation.None), value.WithNullableAnnotation(NullableAnnotation.None));
    }

    /// <summary>The declared type of the slot, whatever the compiler knows about its current value.</summary>
    public ITypeSymbol? TypeOf(ExpressionSyntax slot) => SlotBinder.Strip(slot) switch
    {
        DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax } discard => model.GetTypeInfo(discard.Type, cancellationToken).Type?.WithNullableAnnotation(NullableAnnotation.Annotated),
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax single } => (model.GetDeclaredSymbol(single, cancellationToken) as ILocalSymbol)?.Type,
        ElementAccessExpressionSyntax element => (model.GetTypeInfo(element.Expression, cancellationToken).Type as IArrayTypeSymbol)?.ElementType,
        var expression => model.GetSymbolInfo(expression, cancellationToken).Symbol switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            IFieldSymbol field => field.Type,
            IDiscardSymbol discard => discard.Type.WithNullableAnnotation(NullableAnnotation.Annotated),
            _ => null,
        },
    };
}

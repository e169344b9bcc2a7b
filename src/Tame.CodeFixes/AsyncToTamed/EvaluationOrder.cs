using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>The order in which C# evaluates an expression, as far as an await in it needs to know.</summary>
internal sealed class EvaluationOrder(SemanticModel model)
{
    /// <summary>The operands that are evaluated before an await, in order. Null: the await runs only under a condition, or its order is not known here.</summary>
    public List<Operand>? Before(AwaitExpressionSyntax awaited, ExpressionSyntax root)
    {
        var operands = new List<Operand>();
        for (SyntaxNode node = awaited; node != root; node = node.Parent!)
        {
            if (Earlier(node.Parent!, node) is not { } earlier)
                return null;
            operands.InsertRange(0, earlier);
        }
        return operands;
    }

    /// <summary>The operands that the parent evaluates before one of its children.</summary>
    private IEnumerable<Operand>? Earlier(SyntaxNode parent, SyntaxNode child) => parent switch
    {
        ParenthesizedExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax or MemberAccessExpressionSyntax => [],
        ArgumentSyntax or AnonymousObjectMemberDeclaratorSyntax or PostfixUnaryExpressionSyntax => [],
        PrefixUnaryExpressionSyntax { RawKind: not ((int)SyntaxKind.AddressOfExpression or (int)SyntaxKind.PointerIndirectionExpression) } => [],
        ConditionalAccessExpressionSyntax access => access.Expression == child ? [] : null,
        IsPatternExpressionSyntax test => test.Expression == child ? [] : null,
        ConditionalExpressionSyntax choice => choice.Condition == child ? [] : null,
        SwitchExpressionSyntax choice => choice.GoverningExpression == child ? [] : null,
        WithExpressionSyntax copy => copy.Expression == child ? [] : null,
        BinaryExpressionSyntax binary => binary.Left == child ? [] : IsConditional(binary) ? null : [new Operand(binary.Left)],
        AssignmentExpressionSyntax assignment => assignment.Left == child ? [] : BeforeValue(assignment),
        InvocationExpressionSyntax call => call.Expression == child ? [] : BeforeArguments(call),
        ElementAccessExpressionSyntax access => access.Expression == child ? [] : ReceiverOf(access.Expression),
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList == child ? [] : null,
        BaseArgumentListSyntax list => EarlierArguments(list.Arguments.TakeWhile(argument => argument != child)),
        TupleExpressionSyntax tuple => tuple.Arguments.TakeWhile(argument => argument != child).Select(argument => new Operand(argument.Expression, argument.NameColon is not null)),
        AnonymousObjectCreationExpressionSyntax creation =>
            creation.Initializers.TakeWhile(member => member != child).Select(member => new Operand(member.Expression, member.NameEquals is not null)),
        InterpolationSyntax interpolation => interpolation.Expression == child ? [] : null,
        InterpolatedStringExpressionSyntax text => text.Contents.TakeWhile(content => content != child).OfType<InterpolationSyntax>().Select(earlier => new Operand(earlier.Expression)),
        ImplicitArrayCreationExpressionSyntax => [],
        ArrayCreationExpressionSyntax creation => creation.Initializer == child ? [] : null,
        InitializerExpressionSyntax { Parent: ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax } elements =>
            elements.Expressions.TakeWhile(element => element != child).Select(element => new Operand(element, element is not InitializerExpressionSyntax)),
        CollectionExpressionSyntax collection when IsFilledAtOnce(collection) => EarlierElements(collection.Elements.TakeWhile(element => element != child)),
        ExpressionElementSyntax => [],
        FromClauseSyntax { Parent: QueryExpressionSyntax } => [],
        QueryExpressionSyntax query => query.FromClause == child ? [] : null,
        _ => null,
    };

    /// <summary>Another collection type may run its code between two elements.</summary>
    private bool IsFilledAtOnce(CollectionExpressionSyntax collection) =>
        model.GetTypeInfo(collection).ConvertedType is IArrayTypeSymbol or { ContainingNamespace: { Name: "Generic", ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } } };

    private static IEnumerable<Operand>? EarlierElements(IEnumerable<CollectionElementSyntax> elements) =>
        elements.All(element => element is ExpressionElementSyntax) ? elements.Select(element => new Operand(((ExpressionElementSyntax)element).Expression)) : null;

    private static bool IsConditional(BinaryExpressionSyntax binary) =>
        binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression;

    /// <summary>A compound assignment reads its target first.</summary>
    private IEnumerable<Operand>? BeforeValue(AssignmentExpressionSyntax assignment) => assignment.Kind() switch
    {
        SyntaxKind.SimpleAssignmentExpression => OperandsOfPlace(assignment.Left),
        SyntaxKind.CoalesceAssignmentExpression => null,
        _ => OperandsOfPlace(assignment.Left)?.Append(new Operand(assignment.Left, CanBeCopied: false)),
    };

    private IEnumerable<Operand>? BeforeArguments(InvocationExpressionSyntax call)
    {
        if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
            return null;
        if (method.MethodKind == MethodKind.DelegateInvoke && model.GetSymbolInfo(call.Expression).Symbol is not IMethodSymbol)
            return [new Operand(call.Expression)];
        if (call.Expression is not MemberAccessExpressionSyntax access)
            return call.Expression is SimpleNameSyntax ? [] : null;
        if (method.IsStatic && method.ReducedFrom is null)
            return [];
        return method.ReducedFrom is { } extension ? extension.Parameters[0].RefKind == RefKind.None ? [new Operand(access.Expression)] : null : ReceiverOf(access.Expression);
    }

    private List<Operand>? EarlierArguments(IEnumerable<ArgumentSyntax> arguments)
    {
        var operands = new List<Operand>();
        foreach (var argument in arguments)
        {
            if (argument.RefKindKeyword.IsKind(SyntaxKind.None))
                operands.Add(new Operand(argument.Expression));
            else if (OperandsOfPlace(argument.Expression) is { } place)
                operands.AddRange(place);
            else
                return null;
        }
        return operands;
    }

    /// <summary>A receiver that is a variable of a struct type is used in place. Every other one is a value.</summary>
    private IEnumerable<Operand>? ReceiverOf(ExpressionSyntax receiver)
    {
        if (model.GetSymbolInfo(receiver).Symbol is INamespaceOrTypeSymbol)
            return [];
        var isVariable = receiver is ElementAccessExpressionSyntax || model.GetSymbolInfo(receiver).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol;
        return isVariable && model.GetTypeInfo(receiver).Type is not { IsReferenceType: true } ? OperandsOfPlace(receiver) : [new Operand(receiver)];
    }

    /// <summary>The operands that locate the target of an assignment or a ref argument.</summary>
    private IEnumerable<Operand>? OperandsOfPlace(ExpressionSyntax place) => place switch
    {
        ParenthesizedExpressionSyntax parenthesized => OperandsOfPlace(parenthesized.Expression),
        DeclarationExpressionSyntax => [],
        TupleExpressionSyntax tuple => tuple.Arguments.Select(argument => OperandsOfPlace(argument.Expression)).Aggregate((IEnumerable<Operand>?)[], (all, next) => next is null ? null : all?.Concat(next)),
        _ when model.GetSymbolInfo(place).Symbol is IPropertySymbol { RefKind: not RefKind.None } or ILocalSymbol { IsRef: true } or IMethodSymbol => null,
        IdentifierNameSyntax => [],
        MemberAccessExpressionSyntax access => ReceiverOf(access.Expression),
        ElementAccessExpressionSyntax access when model.GetTypeInfo(access.Expression).Type is { IsReferenceType: true } =>
            EarlierArguments(access.ArgumentList.Arguments)?.Prepend(new Operand(access.Expression)),
        _ => null,
    };
}

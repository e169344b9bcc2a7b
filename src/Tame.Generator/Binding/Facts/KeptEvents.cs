using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Flow;

namespace Tame.Generator.Binding.Facts;

/// <summary>
/// Recognizes events that cannot be lost: the only event of a block, whose only handle is an argument of a primitive that keeps it until the event completes. If
/// the call fails, the exception leaves the block, which cancels the event.
/// </summary>
internal static class KeptEvents
{
    /// <summary>Whether a <c>mkevent()</c> creates such an event.</summary>
    public static bool IsKept(InvocationExpressionSyntax mkevent, BodyContext context) =>
        mkevent.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && KeeperOf(call, context) is not null;

    /// <summary>Whether the lambda of <c>twait(e => …)</c> does nothing but pass its event to such a primitive.</summary>
    public static bool IsKept(AnonymousFunctionExpressionSyntax lambda, BodyContext context)
    {
        var expression = lambda.ExpressionBody ?? (lambda.Block is { Statements: [ExpressionStatementSyntax only] } ? only.Expression : null);
        return expression is InvocationExpressionSyntax call && KeeperOf(call, context) is not null;
    }

    /// <summary>The method that this call means, if it gets the only handle of such an event: a primitive, or an instance method with a twin.</summary>
    public static IMethodSymbol? KeeperOf(InvocationExpressionSyntax call, BodyContext context)
    {
        if (!HasPlaceOfKeeper(call, context) || context.Model.GetSymbolInfo(call, context.Cancellation).Symbol is not IMethodSymbol method) return null;
        if (!(context.Primitives.IsKeeper(method) ? IsPlain(call.Expression) : IsOnReceiver(call.Expression) && context.Primitives.HasTwin(method))) return null;
        var handle = method.Parameters.Last();
        var passed = call.ArgumentList.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == handle.Name) ?? call.ArgumentList.Arguments.Last();
        if (!SymbolEqualityComparer.Default.Equals(context.Model.GetTypeInfo(passed.Expression, context.Cancellation).Type, handle.Type)) return null;
        return passed.Expression switch
        {
            InvocationExpressionSyntax mkevent => IsOnlyEvent(mkevent, call, context) ? method : null,
            IdentifierNameSyntax => IsOnlyUse(call, context) ? method : null,
            _ => null,
        };
    }

    /// <summary>Whether the call may get the only handle of an event, by its place in the text. Most calls are told apart here, without the compiler's symbols.</summary>
    private static bool HasPlaceOfKeeper(InvocationExpressionSyntax call, BodyContext context) =>
        LambdaOf(call) is not null || call.ArgumentList.Arguments.Any(argument => argument.Expression is InvocationExpressionSyntax made && context.Waits.Events.ContainsKey(made));

    /// <summary>Whether a method is called on an object, by a name that can be replaced alone.</summary>
    private static bool IsOnReceiver(ExpressionSyntax callee) =>
        callee is MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression, Name: IdentifierNameSyntax, Expression: not BaseExpressionSyntax };

    /// <summary>Whether a name can be replaced: it has no receiver with another meaning, and no line of its own.</summary>
    private static bool IsPlain(ExpressionSyntax callee) => callee switch
    {
        IdentifierNameSyntax or AliasQualifiedNameSyntax => true,
        MemberAccessExpressionSyntax { Name: IdentifierNameSyntax } access => IsPlain(access.Expression) && access.ToString().IndexOf('\n') < 0,
        _ => false,
    };

    /// <summary>
    /// Whether the call is a statement of a block that creates this event only, and once: not in a loop, which a jump back to a label would be, and not in a
    /// <c>try</c>, which could catch the exception.
    /// </summary>
    private static bool IsOnlyEvent(InvocationExpressionSyntax mkevent, InvocationExpressionSyntax call, BodyContext context)
    {
        if (!context.Waits.Events.ContainsKey(mkevent) || !HasFewSlots(mkevent) || call.Parent is not ExpressionStatementSyntax) return false;
        var around = call.Parent;
        while (around.Parent is BlockSyntax block) around = block;
        return around.Parent is { } parent && context.Waits.IsBlock(parent) && !around.DescendantNodes().Any(node =>
            node is LabeledStatementSyntax || (node != mkevent && node is InvocationExpressionSyntax other && context.Waits.Events.ContainsKey(other)));
    }

    /// <summary>Whether the event has at most two values, and no rendezvous.</summary>
    private static bool HasFewSlots(InvocationExpressionSyntax mkevent) =>
        mkevent.ArgumentList.Arguments.Count <= 2 && mkevent.ArgumentList.Arguments.All(argument => argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword));

    /// <summary>Whether the call is all that the lambda of a <c>twait(e => …)</c> does, and mentions its parameter once.</summary>
    private static bool IsOnlyUse(InvocationExpressionSyntax call, BodyContext context)
    {
        if (LambdaOf(call) is not { } lambda || !IsStart(lambda, context) || context.Model.GetSymbolInfo(lambda, context.Cancellation).Symbol is not IMethodSymbol symbol) return false;
        return StartLambda.ParameterOf(symbol) is { } parameter && call.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => SymbolEqualityComparer.Default.Equals(context.Model.GetSymbolInfo(name, context.Cancellation).Symbol, parameter)).Take(2).ToList() is [{ Parent: ArgumentSyntax only }]
            && only.Parent == call.ArgumentList;
    }

    /// <summary>The lambda that does nothing but this call.</summary>
    private static AnonymousFunctionExpressionSyntax? LambdaOf(InvocationExpressionSyntax call) => call.Parent switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda,
        ExpressionStatementSyntax { Parent: BlockSyntax { Statements.Count: 1, Parent: AnonymousFunctionExpressionSyntax lambda } } => lambda,
        _ => null,
    };

    private static bool IsStart(AnonymousFunctionExpressionSyntax lambda, BodyContext context) =>
        lambda.FirstAncestorOrSelf<ArgumentSyntax>() is { Parent.Parent: InvocationExpressionSyntax { Parent: { } statement } wait }
        && context.Waits.CallOf(statement) is { Form: WaitForm.Start } && StartLambda.Of(wait) == lambda;
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Facts;

/// <summary>
/// Recognizes events that cannot be lost: the only event of a block, whose only handle is an argument of a method that keeps it until the event completes. If the
/// call fails, the exception leaves the block, which cancels the event.
/// </summary>
internal static class KeptEvents
{
    private const string HandleName = "KeptEvent";

    /// <summary>Whether a <c>mkevent()</c> creates such an event.</summary>
    public static bool IsKept(InvocationExpressionSyntax mkevent, BodyContext context)
    {
        if (mkevent.ArgumentList.Arguments.Count > 0) return false;
        if (mkevent.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax statement } call } argument) return false;
        SyntaxNode around = statement;
        while (around.Parent is BlockSyntax block) around = block;
        return around.Parent is { } parent && context.Waits.IsBlock(parent) && IsOnlyEvent(around, mkevent, context) && Keeps(call, argument, context);
    }

    /// <summary>Whether the lambda of <c>twait(e => …)</c> does nothing but pass its event to such a method.</summary>
    public static bool IsKept(AnonymousFunctionExpressionSyntax lambda, IParameterSymbol parameter, BodyContext context)
    {
        var expression = lambda.ExpressionBody ?? (lambda.Block is { Statements: [ExpressionStatementSyntax only] } ? only.Expression : null);
        if (expression is not InvocationExpressionSyntax call) return false;
        var mentions = call.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => SymbolEqualityComparer.Default.Equals(context.Model.GetSymbolInfo(name, context.Cancellation).Symbol, parameter)).ToList();
        return mentions is [{ Parent: ArgumentSyntax argument }] && argument.Parent == call.ArgumentList && Keeps(call, argument, context);
    }

    /// <summary>Whether a block creates its event once: a jump back to a label would create another.</summary>
    private static bool IsOnlyEvent(SyntaxNode body, InvocationExpressionSyntax mkevent, BodyContext context) => !body.DescendantNodes().Any(node =>
        node is LabeledStatementSyntax || (node != mkevent && node is InvocationExpressionSyntax other && context.Waits.Events.ContainsKey(other)));

    /// <summary>Whether the called method has a twin that takes the only handle in place of this argument.</summary>
    private static bool Keeps(InvocationExpressionSyntax call, ArgumentSyntax argument, BodyContext context)
    {
        if (context.Model.GetSymbolInfo(call, context.Cancellation).Symbol is not IMethodSymbol method || !context.Primitives.IsOfRuntime(method)) return false;
        var name = argument.NameColon?.Name.Identifier.ValueText ?? method.Parameters.ElementAtOrDefault(call.ArgumentList.Arguments.IndexOf(argument))?.Name;
        return method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Any(twin => twin.Parameters.Length == method.Parameters.Length
            && twin.Parameters.Zip(method.Parameters, (its, own) => own.Name == name ? its.Type.Name == HandleName : SymbolEqualityComparer.Default.Equals(its.Type, own.Type)).All(fits => fits));
    }
}

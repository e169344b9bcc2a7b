using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Binding.Rewrite;
using Tame.Generator.Flow;

namespace Tame.Generator.Analysis;

/// <summary>Finds where the events of an expression are created, through the adapters and operators that pass an event on with unchanged values.</summary>
internal sealed class EventSources(SemanticModel model, PrimitiveSymbols primitives, CancellationToken cancellationToken)
{
    /// <summary>The expressions that the events come from. An expression that passes no event on is its own source.</summary>
    public IEnumerable<ExpressionSyntax> Of(ExpressionSyntax expression) => SlotBinder.Strip(expression) switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => Of(sum.Left).Concat(Of(sum.Right)),
        ConditionalExpressionSyntax choice => Of(choice.WhenTrue).Concat(Of(choice.WhenFalse)),
        SwitchExpressionSyntax choice => choice.Arms.SelectMany(arm => Of(arm.Expression)),
        CastExpressionSyntax cast => Of(cast.Expression),
        InvocationExpressionSyntax call when PassedOn(call) is { } passed => Of(passed),
        var source => [source],
    };

    /// <summary>The call that creates an event with its slots: the <c>mkevent</c> itself, or the <c>twait</c> whose lambda has it as its parameter.</summary>
    public InvocationExpressionSyntax? MakerOf(ExpressionSyntax source) => source switch
    {
        InvocationExpressionSyntax call when Operation(call) is { } operation && primitives.IsMkevent(operation.TargetMethod) => call,
        IdentifierNameSyntax name when model.GetSymbolInfo(name, cancellationToken).Symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } lambda } =>
            lambda.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) is var syntax && NestedFunctions.IsStartLambda(syntax, model, primitives, cancellationToken)
                ? syntax.FirstAncestorOrSelf<InvocationExpressionSyntax>() : null,
        _ => null,
    };

    public bool IsMade(ExpressionSyntax source) => MakerOf(source) is not null;

    public IInvocationOperation? Operation(ExpressionSyntax call) => model.GetOperation(call, cancellationToken) as IInvocationOperation;

    /// <summary>
    /// The event that an adapter of the runtime, such as <c>WithTimeout</c>, or an assertion of Tame.Testing returns as another handle or as a delegate.
    /// </summary>
    private ExpressionSyntax? PassedOn(InvocationExpressionSyntax call)
    {
        if (Operation(call) is not { TargetMethod: var method } operation) return null;
        if (method.Name == "ToAction" && primitives.IsEvent(method.ContainingType)) return operation.Instance?.Syntax as ExpressionSyntax;
        var original = method.OriginalDefinition;
        var isAdapter = original.Parameters is [{ Type: var first }, ..] && primitives.IsEvent(first) && SymbolEqualityComparer.Default.Equals(first, original.ReturnType)
            && (SymbolEqualityComparer.Default.Equals(method.ContainingNamespace, primitives.Primitives.ContainingNamespace) || IsOfTesting(method.ContainingNamespace));
        return isAdapter ? operation.Arguments.First(argument => argument.Parameter?.Ordinal == 0).Value.Syntax as ExpressionSyntax : null;
    }

    private static bool IsOfTesting(INamespaceSymbol space) => space is { Name: "Testing", ContainingNamespace: { Name: "Tame", ContainingNamespace.IsGlobalNamespace: true } };
}

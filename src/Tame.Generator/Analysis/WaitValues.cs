using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Flow;

namespace Tame.Generator.Analysis;

/// <summary>Explains the errors of a <c>twait</c> that is written where a value is needed, as an <c>await</c> may be.</summary>
internal static class WaitValues
{
    public static void Check(MethodDeclarationSyntax body, SemanticModel model, PrimitiveSymbols primitives, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (body.Modifiers.Any(SyntaxKind.AsyncKeyword)) return;    // TAME010 says what to do
        foreach (var call in body.DescendantNodes(node => !NestedFunctions.IsLambdaOrLocalFunction(node)).OfType<InvocationExpressionSyntax>())
        {
            if (Waits.CalledName(call) != "twait" || Waits.IsBlockForm(call) || !NeedsValue(call)) continue;
            var called = model.GetSymbolInfo(call, cancellationToken);
            if ((called.Symbol ?? called.CandidateSymbols.FirstOrDefault()) is IMethodSymbol method && primitives.IsTwait(method))
                report(Diagnostic.Create(Rules.WaitHasNoValue, call.GetLocation(), Advice(call)));
        }
    }

    private static bool NeedsValue(InvocationExpressionSyntax call) => call.Parent is EqualsValueClauseSyntax or AssignmentExpressionSyntax or ArgumentSyntax or ReturnStatementSyntax
        or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax
        or ConditionalExpressionSyntax or InterpolationSyntax or IfStatementSyntax or WhileStatementSyntax or SwitchStatementSyntax;

    private static string Advice(InvocationExpressionSyntax call) => call.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax } declaration } variable } =>
            $"'twait(…, out {TypeOf(declaration.Type, call)} {variable.Identifier.ValueText});'",
        AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax, RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when assignment.Right == call =>
            $"'twait(…, out {assignment.Left});'",
        _ => "'twait(…, out … value);' before this statement, and use 'value' here",
    };

    /// <summary>Nothing but a task gives <c>var</c> a type.</summary>
    private static string TypeOf(TypeSyntax type, InvocationExpressionSyntax call) =>
        type.IsVar && call.ArgumentList.Arguments[0].Expression is AnonymousFunctionExpressionSyntax ? "Type" : type.ToString();
}

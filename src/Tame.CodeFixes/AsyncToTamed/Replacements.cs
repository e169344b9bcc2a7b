using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>Replaces each expression that was evaluated earlier with the variable that holds its value.</summary>
internal sealed class Replacements : CSharpSyntaxRewriter
{
    private readonly Dictionary<SyntaxNode, string> _variables = [];

    public void Add(ExpressionSyntax expression, string variable) => _variables.Add(expression, variable);

    public bool Has(SyntaxNode expression) => _variables.ContainsKey(expression);

    public string TextOf(ExpressionSyntax expression) => Visit(expression)!.WithoutTrivia().ToString();

    public override SyntaxNode? Visit(SyntaxNode? node) =>
        node is not null && _variables.TryGetValue(node, out var variable) ? SyntaxFactory.IdentifierName(variable).WithTriviaFrom(node) : base.Visit(node);

    public override SyntaxNode? VisitParenthesizedExpression(ParenthesizedExpressionSyntax node) =>
        Has(AwaitedTask.WithoutParentheses(node)) ? Visit(AwaitedTask.WithoutParentheses(node))!.WithTriviaFrom(node) : base.VisitParenthesizedExpression(node);
}

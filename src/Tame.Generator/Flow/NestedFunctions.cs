using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Flow;

/// <summary>
/// The functions nested in a body: lambdas, local functions, and the parts of queries that C# turns into lambdas. Their code may run at another time than the
/// statement that contains them. All code that depends on this uses this class. The lambda of `twait(e => …)` runs in place and is not included.
/// </summary>
internal sealed class NestedFunctions
{
    private readonly HashSet<SyntaxNode> _functions;
    private readonly SyntaxNode _body;

    private NestedFunctions(SyntaxNode body, HashSet<SyntaxNode> functions)
    {
        _body = body;
        _functions = functions;
    }

    public static NestedFunctions In(SyntaxNode body, SemanticModel model, PrimitiveSymbols primitives, CancellationToken cancellationToken)
    {
        var functions = new HashSet<SyntaxNode>(body.DescendantNodes().Where(node => IsLambdaOrLocalFunction(node) || IsQueryLambda(node)));
        functions.RemoveWhere(node => IsStartLambda(node, model, primitives, cancellationToken));
        return new NestedFunctions(body, functions);
    }

    public bool Any => _functions.Count > 0;

    /// <summary>Whether a node is such a function: its code is in the descendants, and in a query also in the node itself.</summary>
    public bool Is(SyntaxNode node) => _functions.Contains(node);

    public bool Is(IOperation operation) =>
        operation is ILocalFunctionOperation || (operation is IAnonymousFunctionOperation && (operation.IsImplicit || _functions.Contains(operation.Syntax)));

    /// <summary>The functions that contain a node, innermost first.</summary>
    public IEnumerable<SyntaxNode> Around(SyntaxNode place) =>
        Any ? place.AncestorsAndSelf().TakeWhile(node => node != _body).Where(node => _functions.Contains(node) && (node != place || !IsLambdaOrLocalFunction(node))) : [];

    /// <summary>Whether a node has separate control flow: no jump leaves it. This includes the lambda of a `twait`.</summary>
    public static bool IsLambdaOrLocalFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;

    /// <summary>Whether a node is the lambda of a `twait`. If the compiler cannot choose an overload, the syntax decides.</summary>
    public static bool IsStartLambda(SyntaxNode node, SemanticModel model, PrimitiveSymbols primitives, CancellationToken cancellationToken)
    {
        if (node is not AnonymousFunctionExpressionSyntax || node.FirstAncestorOrSelf<ArgumentSyntax>() is not { Parent.Parent: InvocationExpressionSyntax call }
            || StartLambda.Of(call) != node)
            return false;
        var info = model.GetSymbolInfo(call, cancellationToken);
        return (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is IMethodSymbol method && primitives.IsTwait(method);
    }

    /// <summary>
    /// Whether a node is the body of a lambda that C# creates for a part of a query. The first source and those of joins are evaluated in place.
    /// </summary>
    private static bool IsQueryLambda(SyntaxNode node) => node.Parent switch
    {
        FromClauseSyntax from => from.Expression == node && from.Parent is not QueryExpressionSyntax,
        JoinClauseSyntax join => join.LeftExpression == node || join.RightExpression == node,
        LetClauseSyntax or WhereClauseSyntax or OrderingSyntax or SelectClauseSyntax or GroupClauseSyntax => true,
        _ => false,
    };
}

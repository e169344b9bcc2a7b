using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Binding.Rewrite;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Spine;

/// <summary><c>checked</c> and <c>unchecked</c> blocks that contain waits. Each piece that moves out takes the keyword with it.</summary>
internal sealed partial class SpineBinder
{
    private string _overflow = "";

    private Statement BindChecked(string keyword, BlockSyntax block)
    {
        var outer = _overflow;
        _overflow = keyword;
        var bound = Entered(block, BindBlock(block));
        _overflow = outer;
        return bound;
    }

    /// <summary>A separate expression, such as a condition, and where a debugger shows it.</summary>
    private Fragment Expression(ExpressionSyntax expression, TextSpan place) =>
        new Fragment(editor.Pieces(expression).ToEquatable(), Spans.Of(expression.SyntaxTree, place))
        {
            Operator = expression.DescendantNodesAndSelf().Any(IsComputation) ? _overflow : "",
        };

    private Fragment InExpression(Fragment expression) => expression with { Operator = _overflow };

    private Fragment InStatement(Fragment statement) => statement with { Block = _overflow };

    /// <summary>A declaration that stays in place would lose its scope in braces, so each computation is enclosed separately.</summary>
    private Fragment InContext(StatementSyntax statement)
    {
        var staysInPlace = statement is LocalFunctionStatementSyntax || (statement is LocalDeclarationStatementSyntax declaration && !editor.IsHoisted(declaration.Declaration));
        if (staysInPlace && _overflow.Length > 0)
            return new Fragment(editor.Pieces(statement, edits => EncloseComputations(statement, edits)).ToEquatable(), Spans.Of(statement));
        if (_overflow.Length > 0 && ValueOfRefStruct(statement) is { } value)
            return new Fragment(editor.Pieces(statement, edits => EncloseComputations(value, edits)).ToEquatable(), Spans.Of(statement));
        var text = editor.Edit(statement);
        return text.Pieces.Count == 0 ? text : InStatement(text);
    }

    /// <summary>The value that a statement assigns to a ref struct. In braces it could refer to something that lives only as long as they do.</summary>
    private ExpressionSyntax? ValueOfRefStruct(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment }
        && context.Model.GetTypeInfo(assignment.Left, context.Cancellation).Type is { } type && SymbolText.IsRefStruct(type) ? assignment.Right : null;

    private void EncloseComputations(SyntaxNode text, Edits edits)
    {
        if (_overflow.Length == 0) return;
        foreach (var node in text.DescendantNodesAndSelf(node => !IsEnclosedWhole(node) && !HasOwnContext(node)).Where(IsEnclosedWhole))
        {
            if (BlockOf(node) is { } block) EncloseBlock(block, edits);
            else if (StatementOf(node) is var (arrow, statement)) MakeBlock(node, arrow, statement, edits);
            else EncloseExpression(node, edits);
        }
    }

    private bool IsEnclosedWhole(SyntaxNode node) => IsComputation(node) || BlockOf(node) is not null || StatementOf(node) is not null;

    private void EncloseExpression(SyntaxNode computation, Edits edits)
    {
        edits.Insert(computation.SpanStart, _overflow + "(");
        edits.Insert(computation.Span.End, ")");
    }

    private void EncloseBlock(BlockSyntax block, Edits edits)
    {
        edits.Replace(new TextSpan(block.OpenBraceToken.Span.End, 0), editor.Plumbing($" {_overflow} {{"));
        edits.Replace(new TextSpan(block.CloseBraceToken.SpanStart, 0), editor.Plumbing("} "));
    }

    /// <summary>The body of a function without a result is a statement, which <c>checked</c> with parentheses is not. A lambda keeps its arrow.</summary>
    private void MakeBlock(SyntaxNode function, SyntaxToken arrow, ExpressionSyntax statement, Edits edits)
    {
        edits.Replace(arrow.Span, editor.Plumbing((function is LambdaExpressionSyntax ? "=> " : "") + $"{{ {_overflow} {{"));
        edits.Replace(new TextSpan(statement.Span.End, 0), [new TextPiece(";"), .. editor.Plumbing(" } }")]);
    }

    private static BlockSyntax? BlockOf(SyntaxNode function) => function switch
    {
        LocalFunctionStatementSyntax { Body: { } block } => block,
        AnonymousFunctionExpressionSyntax { Block: { } block } => block,
        _ => null,
    };

    /// <summary>The arrow and the computation of a function that computes only for its effect.</summary>
    private (SyntaxToken Arrow, ExpressionSyntax Statement)? StatementOf(SyntaxNode function) => function switch
    {
        LocalFunctionStatementSyntax { ExpressionBody: { Expression: var statement } body } local when IsComputation(statement) && ReturnsNothing(context.Model.GetDeclaredSymbol(local)) => (body.ArrowToken, statement),
        LambdaExpressionSyntax { ExpressionBody: { } statement } lambda when IsComputation(statement) && ReturnsNothing(context.Model.GetSymbolInfo(lambda).Symbol) => (lambda.ArrowToken, statement),
        _ => null,
    };

    private static bool ReturnsNothing(ISymbol? function) =>
        function is IMethodSymbol { ReturnsVoid: true } or IMethodSymbol { IsAsync: true, ReturnType: INamedTypeSymbol { Arity: 0 } };

    private static bool HasOwnContext(SyntaxNode node) => node is CheckedExpressionSyntax or CheckedStatementSyntax;

    /// <summary>A query counts as a whole, because the calls of its clauses may be told their texts.</summary>
    private static bool IsComputation(SyntaxNode node) => node is BinaryExpressionSyntax or CastExpressionSyntax or QueryExpressionSyntax
        || (node is AssignmentExpressionSyntax && !SetsMember(node))
        || node is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression or (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }
        or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression };

    /// <summary>A member or an element in an initializer looks like an assignment, but is not an expression. Its parts are.</summary>
    private static bool SetsMember(SyntaxNode assignment) =>
        assignment.Parent is InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ObjectInitializerExpression or (int)SyntaxKind.WithInitializerExpression };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Binding.Rewrite;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Spine;

/// <summary><c>checked</c> and <c>unchecked</c> blocks with waits in them: each piece that is moved out takes the word with it.</summary>
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

    /// <summary>An expression on its own, such as a condition, and where a debugger shows it.</summary>
    private Fragment Expression(ExpressionSyntax expression, TextSpan place) =>
        new Fragment(editor.Pieces(expression).ToEquatable(), Spans.Of(expression.SyntaxTree, place))
        {
            Operator = expression.DescendantNodesAndSelf().Any(IsComputation) ? _overflow : "",
        };

    private Fragment InExpression(Fragment expression) => expression with { Operator = _overflow };

    private Fragment InStatement(Fragment statement) => statement with { Block = _overflow };

    /// <summary>A declaration that stays where it is would lose its scope between brackets: there each computation is enclosed by itself.</summary>
    private Fragment InContext(StatementSyntax statement)
    {
        var staysInPlace = statement is LocalFunctionStatementSyntax || (statement is LocalDeclarationStatementSyntax declaration && !editor.IsHoisted(declaration.Declaration));
        if (staysInPlace && _overflow.Length > 0)
            return new Fragment(editor.Pieces(statement, edits => EncloseComputations(statement, edits)).ToEquatable(), Spans.Of(statement));
        var text = editor.Edit(statement);
        return text.Pieces.Count == 0 ? text : InStatement(text);
    }

    private void EncloseComputations(StatementSyntax statement, Edits edits)
    {
        if (_overflow.Length == 0) return;
        if (statement is LocalFunctionStatementSyntax { Body: { } block })
        {
            edits.Replace(new TextSpan(block.OpenBraceToken.Span.End, 0), editor.Plumbing($" {_overflow} {{"));
            edits.Replace(new TextSpan(block.CloseBraceToken.SpanStart, 0), editor.Plumbing("} "));
            return;
        }

        foreach (var computation in statement.DescendantNodes(node => !IsComputation(node) && !HasOwnContext(node)).Where(IsComputation))
        {
            edits.Insert(computation.SpanStart, _overflow + "(");
            edits.Insert(computation.Span.End, ")");
        }
    }

    private static bool HasOwnContext(SyntaxNode node) => node is CheckedExpressionSyntax or CheckedStatementSyntax;

    private static bool IsComputation(SyntaxNode node) => node is BinaryExpressionSyntax or CastExpressionSyntax or AssignmentExpressionSyntax
        or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression or (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }
        or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Rewrite;

/// <summary>
/// Values of ref structs and ref locals that contain lambdas. Their referents may live only as long as the enclosing block, so the braces in which other
/// statements hold scope objects would end it too early. Instead, the value itself holds them.
/// </summary>
internal sealed partial class FleshEditor
{
    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.SimpleAssignmentExpression) && node.Parent == _root && IsOnStack(node)) HoldInValue(node.OperatorToken, node.Right);
        base.VisitAssignmentExpression(node);
    }

    private bool IsOnStack(AssignmentExpressionSyntax assignment) => assignment.Right is RefExpressionSyntax
        || (Model.GetTypeInfo(assignment.Left, _context.Cancellation).Type is { } type && SymbolText.IsRefStruct(type));

    /// <summary>The value of a declaration that becomes an assignment.</summary>
    private List<Piece> HeldValue(ExpressionSyntax value)
    {
        if (value is RefExpressionSyntax) return Pieces(value, edits => HoldInOperands(value, edits));
        var number = ++_points;
        return HoldsFunction(value) ? [new HeldValuePiece(number, IsOperand: false), .. Start(number, value), .. Pieces(value), new HeldValueEndPiece(number)] : Pieces(value);
    }

    /// <summary>The value after a sign whose text stays unchanged. Edits at its first and last positions are inside it.</summary>
    private void HoldInValue(SyntaxToken sign, ExpressionSyntax value)
    {
        if (value is RefExpressionSyntax)
        {
            HoldInOperands(value, _edits);
        }
        else if (HoldsFunction(value))
        {
            var end = sign.TrailingTrivia.All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)) ? sign.FullSpan.End : sign.Span.End;
            var number = ++_points;
            _edits.Replace(TextSpan.FromBounds(sign.SpanStart, end), new TextPiece(sign.Text + " "), new HeldValuePiece(number, IsOperand: false));
            _edits.Replace(new TextSpan(value.SpanStart, 0), Start(number, value));
            _edits.Replace(new TextSpan(value.Span.End, 0), new HeldValueEndPiece(number));
        }
    }

    /// <summary>A reference is not a value that a switch could return. The calls in it hold scope objects, each for its lambdas.</summary>
    private void HoldInOperands(ExpressionSyntax reference, Edits edits)
    {
        var calls = reference.DescendantNodes(node => !_context.Nested.Is(node)).Where(_context.Nested.Is)
            .Select(function => HeldOperands.Of(function, reference, Model)).OfType<ExpressionSyntax>().Distinct().ToList();
        foreach (var call in calls.Where(call => !calls.Any(other => other != call && other.Contains(call))))
        {
            var number = ++_points;
            edits.Replace(new TextSpan(call.SpanStart, 0), [new HeldValuePiece(number, IsOperand: true, IsInString(call, reference)), .. Start(number, call)]);
            edits.Replace(call.GetLastToken().Span, new TextPiece(")"), new HeldValueEndPiece(number));
        }
    }

    /// <summary>Marks the value if a call in it gets its line, or if a debugger stops within a string, which cannot contain a directive.</summary>
    private Piece[] Start(int number, ExpressionSyntax value) => IsToldItsLine(value) || HasFunctionInString(value) ? [new HeldValueStartPiece(number, Spans.Of(value))] : [];

    private bool IsToldItsLine(ExpressionSyntax value) => Model.GetOperation(value, _context.Cancellation)?.DescendantsAndSelf().OfType<IArgumentOperation>().Any(argument =>
        argument is { ArgumentKind: ArgumentKind.DefaultValue, Parameter: { } parameter } && CallerAttribute(parameter) is CallerLine or "CallerFilePathAttribute") == true;

    private bool HasFunctionInString(ExpressionSyntax value) => value.DescendantNodesAndSelf().OfType<InterpolatedStringExpressionSyntax>().Any(HoldsFunction);

    private static bool IsInString(ExpressionSyntax call, ExpressionSyntax reference) =>
        call.Ancestors().TakeWhile(node => node != reference).Any(node => node is InterpolatedStringExpressionSyntax);

    private bool HoldsFunction(ExpressionSyntax value) => value.DescendantNodesAndSelf().Any(_context.Nested.Is);
}

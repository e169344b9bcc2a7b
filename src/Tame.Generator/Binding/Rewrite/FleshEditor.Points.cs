using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Rewrite;

/// <summary>Marks the parts of the edited text that a debugger shows as places of the user's file, and those that it does not show.</summary>
internal sealed partial class FleshEditor
{
    private bool _isInString;

    /// <summary>Parts that a debugger sees as one place: strings, pieces, and sequences of pieces.</summary>
    public Piece[] Point(SourceSpan place, params object[] parts) => Enclosed(place, parts);

    /// <summary>Generated code within the user's text, which a debugger does not stop at.</summary>
    public Piece[] Plumbing(params object[] parts) => Enclosed(null, parts);

    public override void VisitInterpolatedStringExpression(InterpolatedStringExpressionSyntax node)
    {
        // A string cannot contain a directive. The mapping of its lambdas follows from the start of the string.
        var outer = _isInString;
        _isInString = true;
        base.VisitInterpolatedStringExpression(node);
        _isInString = outer;
        CheckString(node);
    }

    private Piece[] Enclosed(SourceSpan? place, object[] parts)
    {
        if (_isInString) return [.. Make(default, parts).Pieces];
        var number = ++_points;
        return [new PointPiece(number, place, IsMade: true), .. Make(default, parts).Pieces, new PointEndPiece(number)];
    }

    /// <summary>The caller places an expression that is edited separately.</summary>
    private void NotePoints(SyntaxNode node)
    {
        if (_isInString || (node == _root && node is ExpressionSyntax)) return;
        foreach (var point in StepPoints.Of(node)) NotePoint(node.SyntaxTree, point);
    }

    private void NotePoint(SyntaxTree tree, TextSpan point)
    {
        if (_isInString) return;
        var number = ++_points;
        _edits.Replace(new TextSpan(point.Start, 0), new PointPiece(number, Spans.Of(tree, point), IsMade: false));
        _edits.Replace(new TextSpan(point.End, 0), new PointEndPiece(number));
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Rewrite;

/// <summary>
/// A pattern cannot assign an existing variable. It binds a new one, and the bound value is then kept if the pattern matched: <c>x is Foo f</c> becomes <c>(x
/// is Foo __f &amp;&amp; Keep(out __c.f, __f))</c>. In a switch this goes into <c>when</c>.
/// </summary>
internal sealed partial class FleshEditor
{
    private const string Keep = GeneratedNames.Services + "BodyServices.Keep(out ";

    public override void VisitIsPatternExpression(IsPatternExpressionSyntax node)
    {
        var hoisted = HoistedIn(node.Pattern);
        if (hoisted.Count == 0)
        {
            base.VisitIsPatternExpression(node);
            return;
        }

        _edits.Insert(node.SpanStart, "(");
        base.VisitIsPatternExpression(node);
        var sign = IsNegated(node.Pattern) ? " || !" : " && ";
        _edits.Replace(new TextSpan(node.Span.End, 0), [.. hoisted.SelectMany(local => KeepBound(local, sign)), new TextPiece(")")]);
    }

    public override void VisitCasePatternSwitchLabel(CasePatternSwitchLabelSyntax node)
    {
        base.VisitCasePatternSwitchLabel(node);
        KeepBefore(node.Pattern, node.WhenClause);
    }

    public override void VisitSwitchExpressionArm(SwitchExpressionArmSyntax node)
    {
        base.VisitSwitchExpressionArm(node);
        KeepBefore(node.Pattern, node.WhenClause);
    }

    public override void VisitSingleVariableDesignation(SingleVariableDesignationSyntax node)
    {
        if (Declared(node) is not { } local) return;
        LocalPlaces.Add(node.Identifier.SpanStart);
        _edits.Replace(node.Identifier.Span, new PatternPiece(local));
    }

    /// <summary>Keeps the variables that a case or arm bound before its own condition is evaluated.</summary>
    private void KeepBefore(PatternSyntax pattern, WhenClauseSyntax? when)
    {
        var hoisted = HoistedIn(pattern);
        if (hoisted.Count == 0)
        {
            if (when is not null) NotePoint(when.SyntaxTree, when.Span);
            return;
        }

        object[] keep = [" when ", hoisted.SelectMany((local, i) => KeepBound(local, i == 0 ? "" : " && "))];
        if (when is null)
        {
            _edits.Replace(new TextSpan(pattern.Span.End, 0), Plumbing(keep));
            return;
        }

        var point = Point(Spans.Of(when), keep);
        _edits.Replace(new TextSpan(pattern.Span.End, 0), [.. point.Take(point.Length - 1)]);
        var (before, after) = FormOf(when.Condition).Operand(overflow: "");
        var isApart = when.WhenKeyword.TrailingTrivia.Any(trivia => trivia.RawKind != (int)SyntaxKind.WhitespaceTrivia);
        _edits.Replace(isApart ? when.WhenKeyword.Span : TextSpan.FromBounds(when.WhenKeyword.SpanStart, when.Condition.SpanStart), "&& " + before);
        _edits.Replace(new TextSpan(when.Condition.Span.End, 0), new TextPiece(after), point[point.Length - 1]);
    }

    /// <summary>
    /// How C# evaluates a condition. An expression that gets its type from the condition, such as <c>default</c>, is not a <c>bool</c> by itself.
    /// </summary>
    public ConditionForm FormOf(ExpressionSyntax condition) => new(
        !SlotBinder.Strip(condition).IsKind(SyntaxKind.DefaultLiteralExpression)
        && Model.GetTypeInfo(condition, _context.Cancellation).Type?.SpecialType == SpecialType.System_Boolean);

    private List<int> HoistedIn(PatternSyntax pattern) =>
        [.. pattern.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>().Select(single => Declared(single)).OfType<int>()];

    private static Piece[] KeepBound(int local, string before) =>
        [new TextPiece(before + Keep), new LocalPiece(local), new TextPiece(", "), new PatternPiece(local), new TextPiece(")")];

    /// <summary>Whether the variables are bound if the whole pattern does not match.</summary>
    private static bool IsNegated(PatternSyntax pattern) => pattern switch
    {
        ParenthesizedPatternSyntax parenthesized => IsNegated(parenthesized.Pattern),
        UnaryPatternSyntax not => !IsNegated(not.Pattern),
        _ => false,
    };
}

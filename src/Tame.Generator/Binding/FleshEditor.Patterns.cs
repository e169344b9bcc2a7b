using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Model;

namespace Tame.Generator.Binding;

/// <summary>
/// A pattern cannot assign a variable that exists: it binds a fresh one, and what it bound is then kept, where it matched:
/// <c>x is Foo f</c> becomes <c>(x is Foo __f &amp;&amp; Keep(out __c.f, __f))</c>.
/// </summary>
internal sealed partial class FleshEditor
{
    private const string Keep = "global::Tame.CompilerServices.BodyServices.Keep(out ";

    public override void VisitIsPatternExpression(IsPatternExpressionSyntax node)
    {
        var hoisted = node.Pattern.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>().Where(single => Declared(single) is not null).ToList();
        if (hoisted.Count == 0)
        {
            base.VisitIsPatternExpression(node);
            return;
        }

        _edits.Insert(node.SpanStart, "(");
        base.VisitIsPatternExpression(node);
        var isNegated = IsNegated(node.Pattern);
        var after = new List<Piece>();
        foreach (var single in hoisted)
        {
            var local = Declared(single)!.Value;
            after.AddRange([new TextPiece((isNegated ? " || !" : " && ") + Keep), new LocalPiece(local), new TextPiece(", "), new PatternPiece(local), new TextPiece(")")]);
        }

        after.Add(new TextPiece(")"));
        _edits.Replace(new Microsoft.CodeAnalysis.Text.TextSpan(node.Span.End, 0), after);
    }

    public override void VisitSingleVariableDesignation(SingleVariableDesignationSyntax node)
    {
        if (Declared(node) is not { } local) return;
        LocalPlaces.Add(node.Identifier.SpanStart);
        _edits.Replace(node.Identifier.Span, new PatternPiece(local));
    }

    /// <summary>Whether the variables are bound where the whole pattern does not match.</summary>
    private static bool IsNegated(PatternSyntax pattern) => pattern switch
    {
        ParenthesizedPatternSyntax parenthesized => IsNegated(parenthesized.Pattern),
        UnaryPatternSyntax not => !IsNegated(not.Pattern),
        _ => false,
    };
}

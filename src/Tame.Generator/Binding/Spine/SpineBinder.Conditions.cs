using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Spine;

/// <summary>Conditions of statements and filters of catch clauses.</summary>
internal sealed partial class SpineBinder
{
    private Condition Condition(ExpressionSyntax condition, TextSpan place) => new(Expression(condition, place), editor.FormOf(condition));

    /// <summary>
    /// The text around a filter. The filter becomes an operand if generated code precedes it, or may, because lambdas in the filter or the block need their
    /// scope objects.
    /// </summary>
    private (string Before, string After) AroundFilter(CatchClauseSyntax clause, bool isFirst)
    {
        if (!isFirst || clause.DescendantNodes().Any(context.Nested.Is)) return editor.FormOf(clause.Filter!.FilterExpression).Operand(_overflow);
        return _overflow.Length == 0 ? ("", "") : (_overflow + "(", ")");
    }
}

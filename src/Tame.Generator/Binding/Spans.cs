using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding;

/// <summary>Turns places of the syntax tree into the lines and columns that <c>#line</c> speaks of.</summary>
internal static class Spans
{
    public static SourceSpan Of(SyntaxTree tree, TextSpan span)
    {
        var lines = tree.GetMappedLineSpan(span);
        return new SourceSpan(
            lines.StartLinePosition.Line + 1, lines.StartLinePosition.Character + 1, lines.EndLinePosition.Line + 1, lines.EndLinePosition.Character + 1, IndentAt(tree, span.Start));
    }

    private static string IndentAt(SyntaxTree tree, int position)
    {
        var line = tree.GetText().Lines.GetLineFromPosition(position).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    public static SourceSpan Of(SyntaxNode node) => Of(node.SyntaxTree, node.Span);

    public static SourceSpan Of(SyntaxToken token) => Of(token.SyntaxTree!, token.Span);

    public static int LineOf(SyntaxNode node) => Of(node).StartLine;
}

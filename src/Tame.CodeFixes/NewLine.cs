using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Tame.CodeFixes;

/// <summary>The line break of a document.</summary>
internal static class NewLine
{
    public static SyntaxTrivia Of(SyntaxNode node) => SyntaxFactory.EndOfLine(TextOf(node));

    /// <summary>The line break that ends its first line.</summary>
    public static string TextOf(SyntaxNode node)
    {
        var text = node.SyntaxTree.GetText();
        return text.Lines[0] is { } first && text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) is { Length: > 0 } lineBreak ? lineBreak : "\n";
    }
}

using System.Text;
using Microsoft.CodeAnalysis;

namespace Tame.Generator.Binding.Text;

/// <summary>Formats code as a caption: on one line, without comments, shortened.</summary>
internal static class OneLine
{
    private const int Longest = 80;

    public static string Of(SyntaxNode node)
    {
        var text = new StringBuilder();
        var isFirst = true;
        foreach (var token in node.DescendantTokens())
        {
            if (!isFirst && (token.HasLeadingTrivia || token.GetPreviousToken().HasTrailingTrivia)) text.Append(' ');
            isFirst = false;
            foreach (var character in token.Text) text.Append(char.IsControl(character) || char.IsWhiteSpace(character) ? ' ' : character);
            if (text.Length > Longest) return Shortened(text);
        }

        return text.ToString();
    }

    private static string Shortened(StringBuilder text)
    {
        var length = char.IsHighSurrogate(text[Longest - 2]) ? Longest - 2 : Longest - 1;
        return text.ToString(0, length).TrimEnd() + "\u2026";
    }
}

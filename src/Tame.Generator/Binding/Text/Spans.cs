using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Text;

/// <summary>Converts positions in the syntax tree to the lines and columns of <c>#line</c>.</summary>
internal static class Spans
{
    public static SourceSpan Of(SyntaxTree tree, TextSpan span)
    {
        var lines = tree.GetMappedLineSpan(span);
        var (start, end) = (lines.StartLinePosition, lines.EndLinePosition);
        if (end < start) end = start; // a directive between the two maps each differently
        return new SourceSpan(start.Line + 1, Column(start), end.Line + 1, Column(end)) { Indent = IndentAt(tree, span.Start), Path = MappedPath(tree, span) };
    }

    /// <summary>The file to which the text at a position is mapped, if the tree has <c>#line</c> directives.</summary>
    public static string? MappedPath(SyntaxTree tree, TextSpan span)
    {
        if (!tree.GetLineMappings().Any()) return null;
        var lines = tree.GetMappedLineSpan(span);
        return lines.HasMappedPath ? Path.Combine(Path.GetDirectoryName(tree.FilePath) ?? "", lines.Path) : tree.FilePath;
    }

    /// <summary>The largest column that a directive can name.</summary>
    private static int Column(LinePosition place) => Math.Min(place.Character + 1, 65536);

    private static string IndentAt(SyntaxTree tree, int position)
    {
        var text = tree.GetText();
        var line = text.Lines.GetLineFromPosition(position);
        var end = line.Start;
        while (end < line.End && char.IsWhiteSpace(text[end])) end++;
        return text.ToString(TextSpan.FromBounds(line.Start, end));
    }

    public static SourceSpan Of(SyntaxNode node) => Of(node.SyntaxTree, node.Span);

    public static SourceSpan Of(SyntaxToken token) => Of(token.SyntaxTree!, token.Span);

    public static int LineOf(SyntaxNode node) => Of(node).StartLine;
}

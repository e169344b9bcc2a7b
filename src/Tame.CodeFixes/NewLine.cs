using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Text;

namespace Tame.CodeFixes;

/// <summary>The line break of a document.</summary>
internal static class NewLine
{
    public static SyntaxTrivia Of(SyntaxNode node) => SyntaxFactory.EndOfLine(TextOf(node));

    /// <summary>The line break that ends its first line.</summary>
    public static string TextOf(SyntaxNode node) => Of(node.SyntaxTree.GetText());

    /// <summary>
    /// Formats the changes in a document. The formatter writes the line breaks of the editor, but the document keeps its own if all were of one kind.
    /// </summary>
    public static async Task<Document> KeepAsync(Document before, Document changed, CancellationToken cancellationToken)
    {
        changed = await Formatter.FormatAsync(changed, Formatter.Annotation, cancellationToken: cancellationToken).ConfigureAwait(false);
        changed = await Formatter.FormatAsync(changed, SyntaxAnnotation.ElasticAnnotation, cancellationToken: cancellationToken).ConfigureAwait(false);
        var original = await before.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var lineBreak = Of(original);
        if (Others(original, lineBreak).Any())
            return changed;
        var text = await changed.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var edits = Others(text, lineBreak).ToList();
        return edits.Count == 0 ? changed : changed.WithText(text.WithChanges(edits));
    }

    /// <summary>The line breaks of another kind, as edits that replace them.</summary>
    private static IEnumerable<TextChange> Others(SourceText text, string lineBreak) =>
        text.Lines.Where(line => BreakOf(text, line) is "\n" or "\r\n" && BreakOf(text, line) != lineBreak).Select(line => new TextChange(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak), lineBreak));

    private static string Of(SourceText text) => BreakOf(text, text.Lines[0]) is { Length: > 0 } lineBreak ? lineBreak : "\n";

    private static string BreakOf(SourceText text, TextLine line) => text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
}

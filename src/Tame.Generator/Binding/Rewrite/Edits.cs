using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Rewrite;

/// <summary>The edits of one stretch of text, collected in any order and applied in order of position.</summary>
internal sealed class Edits
{
    private readonly List<(TextSpan Span, IReadOnlyList<Piece> Pieces)> _edits = [];

    public void Replace(TextSpan span, params IReadOnlyList<Piece> pieces) => _edits.Add((span, pieces));

    public void Replace(TextSpan span, string text) => Replace(span, new TextPiece(text));

    public void Insert(int position, string text) => Replace(new TextSpan(position, 0), text);

    public void Insert(int position, params IReadOnlyList<Piece> pieces) => Replace(new TextSpan(position, 0), pieces);

    /// <summary>Puts text around a span and everything that was inserted at its ends before.</summary>
    public void Wrap(TextSpan span, string open, params IReadOnlyList<Piece> close)
    {
        _edits.Insert(0, (new TextSpan(span.Start, 0), [new TextPiece(open)]));
        Insert(span.End, close);
    }

    /// <summary>Whether C# will read different text in a span. A debugger step point counts, because a line directive is written there.</summary>
    public bool Change(TextSpan span) => _edits.Any(edit => span.Contains(edit.Span) && edit.Pieces.Any(piece => piece is not (TextPiece { Text.Length: 0 } or LocalPiece { KeepsName: true })));

    /// <summary>Whether a name in a span, or the arguments of a call in it, get different text.</summary>
    public bool ChangeText(TextSpan span) => _edits.Any(edit => span.Contains(edit.Span)
        && edit.Pieces.Any(piece => piece is not (TextPiece { Text.Length: 0 } or PointPiece or PointEndPiece or LocalPiece { KeepsName: true })));

    /// <summary>Whether an edit in a stretch of text jumps to a label.</summary>
    public bool HasJumpIn(TextSpan span) => _edits.Any(edit => span.Contains(edit.Span) && edit.Pieces.Any(piece => piece is LabelPiece));

    /// <summary>
    /// The text of a span with the edits in it. Edits at one position keep the order in which they were made, after the ends of debugger points and before
    /// replaced text there. An edit inside a stretch that another replaces has been made in the replacement.
    /// </summary>
    public List<Piece> Apply(SourceText text, TextSpan span)
    {
        var pieces = new List<Piece>();
        var at = span.Start;
        foreach (var (place, replacement) in _edits.OrderBy(e => e.Span.Start).ThenBy(e => e.Pieces is [PointEndPiece] ? 0 : e.Span.IsEmpty ? 1 : 2))
        {
            if (place.Start < at) continue;
            AddText(pieces, text.ToString(TextSpan.FromBounds(at, place.Start)));
            foreach (var piece in replacement) AddPiece(pieces, piece);
            at = place.End;
        }

        AddText(pieces, text.ToString(TextSpan.FromBounds(at, span.End)));
        return pieces;
    }

    public static void AddPiece(List<Piece> pieces, Piece piece)
    {
        if (piece is TextPiece text) AddText(pieces, text.Text);
        else pieces.Add(piece);
    }

    private static void AddText(List<Piece> pieces, string text)
    {
        if (text.Length == 0) return;
        if (pieces.Count > 0 && pieces[pieces.Count - 1] is TextPiece before) pieces[pieces.Count - 1] = new TextPiece(before.Text + text);
        else pieces.Add(new TextPiece(text));
    }
}

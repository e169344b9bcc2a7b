using System.Text;
using Tame.Generator.Lowering;
using Tame.Generator.Model;

namespace Tame.Generator.Emission;

/// <summary>
/// Writes the user's text so that a debugger sees each marked stretch at its place in the user's file. If edits have moved it, the line is broken, and a
/// separate directive maps the rest.
/// </summary>
internal sealed class MappedText(StringBuilder output, UserFile file, string text, EquatableArray<Mark> marks)
{
    private readonly List<Mark> _marks = [.. marks.OrderBy(mark => mark.Start).ThenByDescending(mark => mark.End)];
    private Mapping? _mapping;
    private Position _at;
    private int _next;
    private int _lineStart;
    private string? _brokenIndent;

    /// <summary>Whether the following text is hidden from the debugger.</summary>
    public bool IsHidden { get; private set; }

    /// <summary>Text that begins without a mark is mapped to the start of <paramref name="span"/>, if it is given.</summary>
    public void Write(string indent, bool isHidden, SourceSpan? span)
    {
        IsHidden = isHidden;
        StartLine(indent);
        if (span is { } whole && (_marks.Count == 0 || _marks[0].Start > 0)) Direct(new Mapping(whole, indent.Length));
        for (var i = 0; i < _marks.Count; i++)
        {
            Copy(_marks[i].Start);
            if (_marks[i].Place is null ? !IsHidden : !Fits(i, _mapping)) Break(i);
        }

        Copy(text.Length);
        output.Append('\n');
    }

    private void StartLine(string indent)
    {
        _lineStart = output.Length;
        output.Append(indent);
        _at = new Position(_at.Line, indent.Length);
    }

    private void Copy(int end)
    {
        if (end <= _next) return;
        var line = text.LastIndexOf('\n', end - 1, end - _next);
        if (line >= 0) (_lineStart, _brokenIndent) = (output.Length + line + 1 - _next, null);
        output.Append(text, _next, end - _next);
        _at = _at.After(text, _next, end);
        _next = end;
    }

    /// <summary>Continues on a new line, unless nothing precedes the mark on its line.</summary>
    private void Break(int index)
    {
        var mark = _marks[index];
        var line = output.ToString(_lineStart, output.Length - _lineStart);
        if (line.Trim().Length > 0)
        {
            _brokenIndent ??= line.Substring(0, line.Length - line.TrimStart().Length);
            while (output[output.Length - 1] == ' ') output.Length--;
            output.Append('\n');
            while (_next < mark.End && text[_next] == ' ') _next++;
            StartLine(_brokenIndent + (text[_next] is '{' or '}' ? "" : SourceWriter.Step));
        }

        Direct(mark.Place is { } place ? Choose(index, place) : null);
    }

    /// <summary>
    /// The mapping that shows the mark and everything in it correctly. If there is none, one that shows the mark itself and, if possible, the first in it.
    /// </summary>
    private Mapping Choose(int index, SourceSpan place)
    {
        var (start, straight) = (_at with { Line = 0 }, new Mapping(place, _at.Column));
        if (Fits(index, straight, start)) return straight;
        var offset = start.Column + 1;
        foreach (var inner in Inside(index).Take(1))
        {
            var position = start.After(text, _next, inner.Start);
            if (inner.Place is { } first && first.StartLine == place.StartLine && position.Line == 0)
                offset = Math.Max(offset, position.Column - (first.StartColumn - place.StartColumn));
        }

        return new Mapping(place, offset);
    }

    private void Direct(Mapping? mapping)
    {
        var directive = (mapping is { } given ? given.Directive(file) : "#line hidden") + "\n";
        output.Insert(_lineStart, directive);
        _lineStart += directive.Length;
        _at = _at with { Line = 0 };
        (_mapping, IsHidden) = (mapping, mapping is null);
    }

    private bool Fits(int index, Mapping? mapping) => mapping is { } current && Fits(index, current, _at);

    private bool Fits(int index, Mapping mapping, Position at)
    {
        var mark = _marks[index];
        if (mapping.IsWhole(at)) return mark.Place == mapping.Place;
        return !mark.IsMade && Shows(mark) && Inside(index).All(Shows);

        bool Shows(Mark each) => each is { Place: { } place, IsMade: false } && mapping.Shows(place, at.After(text, _next, each.Start), at.After(text, _next, each.End));
    }

    private IEnumerable<Mark> Inside(int index) => _marks.Skip(index + 1).TakeWhile(inner => inner.Start < _marks[index].End);
}

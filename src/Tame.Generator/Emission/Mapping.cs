using Tame.Generator.Model;

namespace Tame.Generator.Emission;

/// <summary>
/// The meaning of a <c>#line</c> directive with a span. On the next line, text that starts left of <see cref="Offset"/> is shown as the whole
/// <see cref="Place"/>. Text that starts farther right is as far from the place's start as it is from the offset. Later lines follow one to one.
/// </summary>
internal readonly record struct Mapping(SourceSpan Place, int Offset)
{
    /// <summary>The last column that a directive names belongs to its span.</summary>
    public string Directive(UserFile file) =>
        $"#line ({Place.StartLine + file.Moved},{Place.StartColumn})-({Place.EndLine + file.Moved},{Last}){(Offset > 0 ? $" {Offset}" : "")} \"{Place.Path ?? file.Path}\"";

    private int Last => Place.EndLine == Place.StartLine ? Math.Max(Place.EndColumn - 1, Place.StartColumn) : Math.Max(Place.EndColumn - 1, 1);

    /// <summary>Whether a debugger shows the text between two positions, counted from the directive, as a place.</summary>
    public bool Shows(SourceSpan place, Position start, Position end) => IsWhole(start)
        ? place == Place
        : Of(start) == (place.StartLine, place.StartColumn) && Of(end) == (place.EndLine, place.EndColumn);

    public bool IsWhole(Position start) => start.Line == 0 && start.Column < Offset;

    private (int Line, int Column) Of(Position position) =>
        position.Line == 0 ? (Place.StartLine, Place.StartColumn + position.Column - Offset) : (Place.StartLine + position.Line, position.Column + 1);
}

/// <summary>The file that generated code comes from, and how far down its text has moved since its places were recorded.</summary>
internal readonly record struct UserFile(string Path, int Moved);

/// <summary>A position in generated text, both counted from zero.</summary>
internal readonly record struct Position(int Line, int Column)
{
    /// <summary>The position after a stretch of text.</summary>
    public Position After(string text, int start, int end)
    {
        var (line, column) = (Line, Column);
        for (var i = start; i < end; i++) (line, column) = text[i] == '\n' ? (line + 1, 0) : (line, column + 1);
        return new Position(line, column);
    }
}

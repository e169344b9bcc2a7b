using System.Text;
using Tame.Generator.Lowering;
using Tame.Generator.Model;

namespace Tame.Generator.Emission;

/// <summary>Writes indented lines that end with <c>\n</c>, and tracks which file the compiler believes it reads.</summary>
internal sealed class SourceWriter(UserFile file)
{
    /// <summary>One step of indentation. The user's own lines keep theirs.</summary>
    public const string Step = "  ";

    private const int FillWidth = 120;

    /// <summary>Deeper levels are indented like this one. Otherwise the white space of a deep nest would be quadratic in its depth.</summary>
    private const int DeepestLevel = 25;

    private readonly StringBuilder _text = new();
    private bool _isHidden;
    private int _depth;

    private int Column => Math.Min(_depth, DeepestLevel) * Step.Length;

    public override string ToString() => _text.ToString();

    public void Line(string text = "")
    {
        if (text.Length > 0) _text.Append(' ', Column).Append(text);
        _text.Append('\n');
    }

    /// <summary>Writes short statements one after another, as many on a line as are easily read.</summary>
    public void Fill(IReadOnlyList<string> statements)
    {
        var line = "";
        foreach (var statement in statements)
        {
            if (line.Length > 0 && line.Length + 1 + statement.Length >= FillWidth)
            {
                Line(line);
                line = "";
            }

            line += line.Length > 0 ? " " + statement : statement;
        }

        if (line.Length > 0) Line(line);
    }

    /// <summary>Writes a block of short statements, on one line if it fits there.</summary>
    public void Block(string header, IReadOnlyList<string> statements)
    {
        var line = string.Join(" ", [header, "{", .. statements, "}"]);
        if (line.Length <= FillWidth)
        {
            Line(line);
            return;
        }

        Open(header);
        Fill(statements);
        Close();
    }

    public void Open(string header)
    {
        Line(header);
        Line("{");
        _depth++;
    }

    /// <summary>Opens a declaration that holds all that follows, which is not indented for it.</summary>
    public void OpenFrame(string header)
    {
        Line(header);
        Line("{");
    }

    public void CloseFrame() => Line("}");

    public void Close(string end = "}")
    {
        _depth--;
        Line(end);
    }

    /// <summary>Closes what a debugger shows as ending at a place of the user's file, or nowhere.</summary>
    public void Close(SourceSpan? place)
    {
        _depth--;
        if (place is { } end) Map(end);
        else Hide();
        Line("}");
    }

    /// <summary>Steps in, or out with a negative number.</summary>
    public void Indent(int steps) => _depth += steps;

    /// <summary>A label is one step to the left of the statements.</summary>
    public void Label(string name, string comment, bool isLast)
    {
        _depth--;
        Line(name + (isLast ? ": ;" : ":") + (comment.Length > 0 ? " // " + comment : ""));
        _depth++;
    }

    /// <summary>Writes the user's text. If it has several lines, it keeps its own indentation.</summary>
    public void User(SourceSpan span, string text, EquatableArray<Mark> marks)
    {
        var indent = text.Contains('\n') ? span.Indent : new string(' ', Column);
        var mapped = new MappedText(_text, file, text, marks);
        mapped.Write(indent, _isHidden, span);
        _isHidden = mapped.IsHidden;
    }

    /// <summary>Writes generated code that contains pieces of the user's.</summary>
    public void Hidden(string text, EquatableArray<Mark> marks)
    {
        Hide();
        var mapped = new MappedText(_text, file, text, marks);
        mapped.Write(new string(' ', Column), _isHidden, null);
        _isHidden = mapped.IsHidden;
    }

    /// <summary>Shows text that starts within this many columns of the next line as a place of the user's file.</summary>
    public void Map(SourceSpan place, int columns = 1)
    {
        _text.Append(new Mapping(place, Column + columns).Directive(file)).Append('\n');
        _isHidden = false;
    }

    /// <summary>From here on, writes generated code that a debugger does not step through.</summary>
    public void Hide()
    {
        if (!_isHidden) _text.Append("#line hidden\n");
        _isHidden = true;
    }
}

using System.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Emission;

/// <summary>Writes indented lines with <c>\n</c> ends, and keeps track of which file the compiler believes it reads.</summary>
internal sealed class SourceWriter(string path)
{
    private const int IndentSize = 4;
    private readonly StringBuilder _text = new();
    private Mapping _mapping = Mapping.Own;
    private int _depth;

    private enum Mapping
    {
        Own,
        Hidden,
        User,
    }

    public override string ToString() => _text.ToString();

    public void Line(string text = "")
    {
        if (text.Length > 0) _text.Append(' ', _depth * IndentSize).Append(text);
        _text.Append('\n');
    }

    public void Open(string header)
    {
        Line(header);
        Line("{");
        _depth++;
    }

    public void Close(string end = "}")
    {
        _depth--;
        Line(end);
    }

    /// <summary>Steps in, or out with a negative number.</summary>
    public void Indent(int steps) => _depth += steps;

    /// <summary>A label stands one step to the left of the statements.</summary>
    public void Label(string name, string comment, bool isLast)
    {
        _depth--;
        Line(name + (isLast ? ": ;" : ":") + (comment.Length > 0 ? " // " + comment : ""));
        _depth++;
    }

    /// <summary>
    /// Text of the user's, between code of ours; the directive before it leads to where it was written. Text of several lines keeps its own
    /// indentation: the lines after its first are mapped as they stand, column by column.
    /// </summary>
    public void UserLine(SourceSpan span, string before, string text, string after)
    {
        var indent = text.Contains('\n') ? span.Indent : new string(' ', _depth * IndentSize);
        var offset = indent.Length + (text.Length > 0 ? before.Length : 0);
        var width = offset > 0 ? $" {offset}" : "";
        Directive($"#line ({span.StartLine}, {span.StartColumn}) - ({span.EndLine}, {span.EndColumn}){width} \"{span.Path ?? path}\"");
        _text.Append(indent).Append(before).Append(text).Append(after).Append('\n');
        _mapping = Mapping.User;
    }

    /// <summary>From here on, code of ours that nobody should step through.</summary>
    public void Hide()
    {
        if (_mapping != Mapping.Hidden) Directive("#line hidden");
        _mapping = Mapping.Hidden;
    }

    /// <summary>From here on, the generated file itself.</summary>
    public void Show()
    {
        if (_mapping != Mapping.Own) Directive("#line default");
        _mapping = Mapping.Own;
    }

    private void Directive(string text) => _text.Append(text).Append('\n');
}

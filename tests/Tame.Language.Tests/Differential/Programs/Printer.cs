using System.Text;

namespace Tame.Language.Tests.Differential.Programs;

/// <summary>Writes a program as a careful hand would: a statement a line, bodies in braces.</summary>
internal sealed class Printer
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _atStart = true;

    public static string Print(Part part)
    {
        var printer = new Printer();
        printer.Write(part);
        return printer._text.ToString();
    }

    private void Write(Part part)
    {
        switch (part)
        {
            case Text text:
                Write(text.Value);
                break;
            case Body body:
                Write(body);
                break;
            default:
                foreach (var child in part.Children())
                    Write(child);
                break;
        }
    }

    private void Write(Body body)
    {
        if (!_atStart)
            NewLine();
        if (body.IsBraced)
        {
            Write("{");
            NewLine();
        }
        _depth++;
        foreach (var statement in body.Statements)
        {
            Write(statement);
            if (!_atStart)
                NewLine();
        }
        _depth--;
        if (!body.IsBraced)
            return;
        Write("}");
        NewLine();
    }

    private void Write(string text)
    {
        if (text.Length == 0)
            return;
        if (_atStart)
            _text.Append(' ', _depth * 4);
        _atStart = false;
        _text.Append(text);
    }

    private void NewLine()
    {
        _text.Append('\n');
        _atStart = true;
    }
}

using System.Globalization;
using System.Text;
using Tame.Dashboards.Graph;

namespace Tame.Dashboards.Drawing;

/// <summary>The texts on nodes, and their widths.</summary>
internal static class Labels
{
    private const int MostLetters = 34;
    private const double CodeLetter = 7.3;
    private const double SmallLetter = 6.3;
    private const double Margin = 26;

    /// <summary>The width of the number of calls.</summary>
    private const double Badge = 44;

    public static double WidthOf(VisibleNode node) =>
        Math.Max(110, Math.Max(Title(node).Length * CodeLetter, Subtitle(node).Length * SmallLetter) + Margin + (node.Kind is NodeKind.Wait or NodeKind.Method or NodeKind.Stage ? Badge : 0));

    /// <summary>The statement of a wait, or the method.</summary>
    public static string Title(VisibleNode node) => Shorten(node.Kind switch
    {
        NodeKind.Stage => node.Point.Method,
        NodeKind.Wait when node.Point.Text.Length != 0 => node.Point.Text,
        _ => ShortName(node.Point.Method),
    });

    public static string Subtitle(VisibleNode node) => Shorten(node.Kind switch
    {
        NodeKind.Entry => "begins",
        NodeKind.End => "ends",
        NodeKind.Method => "all waits of the method",
        NodeKind.Stage => $"stage, holds {Amounts.Digits(node.Stage?.Capacity ?? 0)}",
        _ when node.Point.Text.Length == 0 => $"line {Line(node.Point)}",
        _ => $"{ShortName(node.Point.Method)}, line {Line(node.Point)}",
    });

    /// <summary>All information about the place, for a tooltip.</summary>
    public static string Full(VisibleNode node) => node.Kind == NodeKind.Stage ? $"{node.Point.Method}\n{Subtitle(node)}" : string.Join('\n', ((string[])[node.Point.Method, Place(node.Point), node.Kind == NodeKind.Wait ? node.Point.Text : Subtitle(node)]).Where(line => line.Length != 0));

    public static string Place(WaitPoint point) => $"{point.File}:{Line(point)}";

    /// <summary>The type and the method, without the namespace.</summary>
    public static string ShortName(string method)
    {
        int last = method.LastIndexOf('.');
        int before = last <= 0 ? -1 : method.LastIndexOf('.', last - 1);
        return method[(before + 1)..];
    }

    /// <summary>The file and its folder, if the path is longer.</summary>
    public static string ShortFile(string path)
    {
        string[] parts = path.Split('/', '\\');
        return string.Join('/', parts[Math.Max(0, parts.Length - 2)..]);
    }

    /// <summary>Escapes a text for XML and HTML, for the content of an element or a quoted attribute.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\n' or '\t' => escaped.Append((char)rune.Value),
                // XML cannot represent these; half a surrogate pair is already U+FFFD.
                < ' ' or 0xfffe or 0xffff or (>= 0x7f and <= 0x9f) => escaped.Append('\ufffd'),
                _ => escaped.Append(rune.ToString()),
            };
        }
        return escaped.ToString();
    }

    private static string Line(WaitPoint point) => point.Line.ToString(CultureInfo.InvariantCulture);

    private static string Shorten(string text)
    {
        if (text.Length <= MostLetters)
            return text;
        int end = char.IsHighSurrogate(text[MostLetters - 2]) ? MostLetters - 2 : MostLetters - 1;
        return $"{text[..end]}…";
    }
}

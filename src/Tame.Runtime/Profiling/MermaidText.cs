using System.Globalization;
using System.Text;

namespace Tame;

/// <summary>Writes a graph as a Mermaid flowchart.</summary>
internal static class MermaidText
{
    public static string Of(BlockingGraph graph)
    {
        var text = new StringBuilder("flowchart TD\n");
        var numbers = GraphText.Numbers(graph);
        foreach (var node in graph.Nodes)
            text.Append(CultureInfo.InvariantCulture, $"    n{numbers[node.Point]}[\"{string.Join("<br/>", GraphText.LinesOf(node).Select(Escape))}\"]\n");
        foreach (var edge in graph.Edges)
            text.Append(CultureInfo.InvariantCulture, $"    n{numbers[edge.From]} {Arrow(edge.Kind)}|\"{GraphText.Of(edge)}\"| n{numbers[edge.To]}\n");
        return text.ToString();
    }

    private static string Arrow(BlockingEdgeKind kind) => kind switch
    {
        BlockingEdgeKind.Call => "-.->",
        BlockingEdgeKind.Return => "==>",
        _ => "-->",
    };

    /// <summary>Writes characters as numbers, except letters, digits, spaces, and those without a meaning in Mermaid, HTML, and Markdown.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || " .,:()=+-/?!".Contains((char)Math.Min(rune.Value, char.MaxValue), StringComparison.Ordinal))
                escaped.Append(rune);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
        }
        return escaped.ToString();
    }
}

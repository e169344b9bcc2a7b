using System.Globalization;
using System.Text;

namespace Tame;

/// <summary>Writes a graph in the language of Graphviz.</summary>
internal static class DotText
{
    public static string Of(BlockingGraph graph)
    {
        var text = new StringBuilder("digraph blocking {\n    node [shape=box];\n");
        var numbers = GraphText.Numbers(graph);
        foreach (var node in graph.Nodes)
            text.Append(CultureInfo.InvariantCulture, $"    n{numbers[node.Point]} [label=\"{string.Join("\\n", GraphText.LinesOf(node).Select(Escape))}\"];\n");
        foreach (var edge in graph.Edges)
            text.Append(CultureInfo.InvariantCulture, $"    n{numbers[edge.From]} -> n{numbers[edge.To]} [label=\"{GraphText.Of(edge)}\"{Style(edge.Kind)}];\n");
        return text.Append("}\n").ToString();
    }

    private static string Style(BlockingEdgeKind kind) => kind switch
    {
        BlockingEdgeKind.Call => ", style=dashed",
        BlockingEdgeKind.Return => ", style=dotted",
        _ => "",
    };

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}

using System.Globalization;
using System.Text;
using Tame.Dashboards.Graph;
using Tame.Dashboards.Layout;

namespace Tame.Dashboards.Drawing;

/// <summary>A graph as SVG. The page adds colors, the width of edges and the numbers of calls. This draws everything that has a position.</summary>
internal sealed class GraphDrawing
{
    private const double Margin = 40;
    private const double Round = 10;
    private readonly StringBuilder _svg = new();
    private readonly VisibleGraph _graph;
    private readonly Placement _placement;

    private GraphDrawing(VisibleGraph graph, Placement placement) => (_graph, _placement) = (graph, placement);

    public static string Of(VisibleGraph graph, Placement placement)
    {
        var drawing = new GraphDrawing(graph, placement);
        drawing.Draw();
        return drawing._svg.ToString();
    }

    private void Draw()
    {
        var places = _placement.Nodes.Values.ToList();
        double left = 0, top = 0, right = 0, bottom = 0;
        if (places.Count != 0)
            (left, top, right, bottom) = (places.Min(p => p.Left), places.Min(p => p.Top), places.Max(p => p.Right), places.Max(p => p.Bottom));
        foreach (double bend in _placement.Edges.Values.SelectMany(route => route.Bends))
            (left, right) = (Math.Min(left, bend), Math.Max(right, bend));
        Write($"<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"group\" aria-label=\"Blocking graph\" viewBox=\"{left - Margin:0.#} {top - Margin:0.#} {right - left + 2 * Margin:0.#} {bottom - top + 2 * Margin:0.#}\">\n<g class=\"edges\">\n");
        var paths = EdgePaths.Of(_graph, _placement);
        foreach (var edge in _graph.Edges)
            Edge(edge, paths[edge.Id]);
        Write($"</g>\n<g class=\"nodes\">\n");
        foreach (var node in _graph.Nodes)
            Node(node, _placement.Nodes[node.Id]);
        Write($"</g>\n</svg>");
    }

    private void Edge(VisibleEdge edge, EdgePath path)
    {
        string back = _placement.Edges[edge.Id].IsBack ? " back" : "";
        Write($"<g class=\"edge {edge.Kind.ToString().ToLowerInvariant()}{back}\" data-id=\"{edge.Id}\" data-from=\"{edge.From}\" data-to=\"{edge.To}\">");
        Write($"<path class=\"hit\" d=\"{path.Line}\"/><path class=\"line\" d=\"{path.Line}\"/><path class=\"head\" d=\"{path.Head}\"/></g>\n");
    }

    private void Node(VisibleNode node, NodePlace place)
    {
        string title = Labels.Escape(Labels.Title(node)), subtitle = Labels.Escape(Labels.Subtitle(node));
        Write($"<g class=\"node {node.Kind.ToString().ToLowerInvariant()}\" data-id=\"{node.Id}\" data-method=\"{node.Method}\" data-name=\"{Labels.Escape(Labels.Full(node))}\" tabindex=\"0\" role=\"button\" ");
        Write($"aria-label=\"{title}, {subtitle}\" transform=\"translate({place.Left:0.#} {place.Top:0.#})\"><title>{Labels.Escape(Labels.Full(node))}</title>");
        Write($"<rect class=\"box\" width=\"{place.Width:0.#}\" height=\"{Measures.NodeHeight:0.#}\" rx=\"{(node.Kind is NodeKind.Entry or NodeKind.End ? Measures.NodeHeight / 2 : Round):0.#}\"/>");
        bool isRound = node.Kind is NodeKind.Entry or NodeKind.End;
        string anchor = isRound ? $" text-anchor=\"middle\"" : "";
        double x = isRound ? place.Width / 2 : 13;
        Write($"<text class=\"title\" x=\"{x:0.#}\" y=\"20\"{anchor}>{title}</text><text class=\"subtitle\" x=\"{x:0.#}\" y=\"35\"{anchor}>{subtitle}</text>");
        Write($"<g class=\"badge\" transform=\"translate({place.Width - 12:0.#} {Measures.NodeHeight / 2:0.#})\"><rect x=\"-34\" y=\"-11\" width=\"36\" height=\"22\" rx=\"11\"/><text x=\"-16\" y=\"4\" text-anchor=\"middle\"></text></g></g>\n");
    }

    private void Write(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));
}

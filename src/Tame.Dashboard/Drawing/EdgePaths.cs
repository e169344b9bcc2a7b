using System.Globalization;
using System.Text;
using Tame.Dashboards.Graph;
using Tame.Dashboards.Layout;

namespace Tame.Dashboards.Drawing;

/// <param name="Line">The path of the line.</param>
/// <param name="Head">The path of the arrow head.</param>
internal readonly record struct EdgePath(string Line, string Head);

/// <summary>The paths of edges: from the bottom of a box to the top of another, curved between the rows and straight in them.</summary>
internal sealed class EdgePaths
{
    private const double HeadLength = 9;
    private const double HeadWidth = 4.5;

    /// <summary>The part of a box's side that edges may leave from.</summary>
    private const double PortShare = 0.7;

    private readonly Placement _placement;
    private readonly Dictionary<(int Edge, bool IsUpper), double> _ports = [];

    private EdgePaths(VisibleGraph graph, Placement placement)
    {
        _placement = placement;
        var ends = graph.Edges.Where(edge => edge.From != edge.To).SelectMany(edge => new[] { End(edge, isUpper: true), End(edge, isUpper: false) });
        foreach (var side in ends.GroupBy(end => (end.Node, end.IsBottom)))
            Spread([.. side.OrderBy(end => end.Toward).ThenBy(end => end.Edge)], placement.Nodes[side.Key.Node]);
    }

    public static Dictionary<int, EdgePath> Of(VisibleGraph graph, Placement placement)
    {
        var paths = new EdgePaths(graph, placement);
        return graph.Edges.ToDictionary(edge => edge.Id, edge => edge.From == edge.To ? Loop(placement.Nodes[edge.From]) : paths.Between(edge));
    }

    private readonly record struct PortEnd(int Edge, int Node, bool IsUpper, bool IsBottom, double Toward);

    private (int Upper, int Lower) Order(VisibleEdge edge) => _placement.Edges[edge.Id].IsBack ? (edge.To, edge.From) : (edge.From, edge.To);

    private PortEnd End(VisibleEdge edge, bool isUpper)
    {
        var (upper, lower) = Order(edge);
        var bends = _placement.Edges[edge.Id].Bends;
        double toward = bends.Count != 0 ? bends[isUpper ? 0 : ^1] : _placement.Nodes[isUpper ? lower : upper].X;
        // Two boxes of the same row are connected from below.
        bool isLevel = _placement.Nodes[upper].Row == _placement.Nodes[lower].Row;
        return new PortEnd(edge.Id, isUpper ? upper : lower, isUpper, isUpper || isLevel, toward);
    }

    private void Spread(List<PortEnd> ends, NodePlace place)
    {
        double room = place.Width * PortShare;
        for (int i = 0; i < ends.Count; i++)
            _ports.Add((ends[i].Edge, ends[i].IsUpper), place.X + room * ((i + 0.5) / ends.Count - 0.5));
    }

    private EdgePath Between(VisibleEdge edge)
    {
        var (upper, lower) = Order(edge);
        var (from, to) = (_placement.Nodes[upper], _placement.Nodes[lower]);
        var route = _placement.Edges[edge.Id];
        double start = _ports[(edge.Id, true)], end = _ports[(edge.Id, false)];
        if (from.Row == to.Row)
            return Level(start, end, from.Bottom, route.IsBack);
        var line = new StringBuilder();
        double y = from.Bottom + (route.IsBack ? HeadLength : 0), x = start;
        Append(line, $"M{x:0.#} {y:0.#}");
        for (int i = 0; i < route.Bends.Count; i++)
        {
            double top = (from.Row + 1 + i) * Measures.RowHeight;
            Curve(route.Bends[i], top);
            Append(line, $"V{y = top + Measures.NodeHeight:0.#}");
        }
        Curve(end, to.Top - (route.IsBack ? 0 : HeadLength));
        return new EdgePath(line.ToString(), route.IsBack ? Head(start, from.Bottom, HeadLength) : Head(end, to.Top, -HeadLength));

        void Curve(double nextX, double nextY)
        {
            double middle = (y + nextY) / 2;
            Append(line, $"C{x:0.#} {middle:0.#} {nextX:0.#} {middle:0.#} {nextX:0.#} {nextY:0.#}");
            (x, y) = (nextX, nextY);
        }
    }

    private static EdgePath Level(double start, double end, double bottom, bool isBack)
    {
        double depth = bottom + 36;
        (start, end) = isBack ? (end, start) : (start, end);
        return new EdgePath(Text($"M{start:0.#} {bottom:0.#}C{start:0.#} {depth:0.#} {end:0.#} {depth:0.#} {end:0.#} {bottom + HeadLength:0.#}"), Head(end, bottom, HeadLength));
    }

    private static EdgePath Loop(NodePlace place)
    {
        double x = place.Right, y = place.Top + Measures.NodeHeight / 2;
        return new EdgePath(Text($"M{x:0.#} {y - 10:0.#}C{x + 34:0.#} {y - 22:0.#} {x + 34:0.#} {y + 22:0.#} {x + HeadLength:0.#} {y + 10:0.#}"), Text($"M{x:0.#} {y + 8:0.#}l{HeadLength:0.#} {-HeadWidth:0.#}v{2 * HeadWidth:0.#}z"));
    }

    private static string Head(double x, double y, double length) => Text($"M{x:0.#} {y:0.#}l{-HeadWidth:0.#} {length:0.#}h{2 * HeadWidth:0.#}z");

    private static void Append(StringBuilder line, FormattableString text) => line.Append(Text(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

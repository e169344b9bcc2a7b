namespace Tame.Dashboards.Layout;

/// <summary>
/// Draws a graph in rows with the method of Sugiyama, Tagawa and Toda: edges that close a cycle are reversed, each node is placed below all nodes that lead
/// to it, rows are ordered for few crossings, and the middles of connected nodes are moved toward each other. Components are placed side by side.
/// </summary>
internal sealed class LayeredLayout : IGraphLayout
{
    public Placement Place(LayoutGraph graph)
    {
        var shelves = new Shelves(firstRow: 0);
        var parts = Component.Of(graph).ConvertAll(Part.Of);
        shelves.Add(parts);
        return shelves.ToPlacement();
    }

    public Placement Grow(LayoutGraph graph, Placement before)
    {
        var growth = new Growth(graph, before);
        growth.AddNeighbors();
        var nodes = new Dictionary<int, NodePlace>(growth.Places);
        // Nodes that are not connected to any placed node are drawn separately, below the rest.
        var apart = graph.Nodes.Where(node => !nodes.ContainsKey(node.Id)).ToList();
        var ids = apart.Select(node => node.Id).ToHashSet();
        var rest = new LayoutGraph(apart, [.. graph.Edges.Where(edge => ids.Contains(edge.From) && ids.Contains(edge.To))]);
        var shelves = new Shelves(nodes.Count == 0 ? 0 : nodes.Values.Max(place => place.Row) + 1);
        shelves.Add(Component.Of(rest).ConvertAll(Part.Of));
        var added = shelves.ToPlacement();
        foreach (var (id, place) in added.Nodes)
            nodes.Add(id, place);
        return new Placement(nodes, Routes.Keep(graph, nodes, before, added));
    }
}

/// <summary>A component with the places of its items, measured from its left edge and its top row.</summary>
internal sealed record Part(Component Graph, bool[] IsBack, Rows Rows, double[] X)
{
    public double Width { get; private init; }

    public static Part Of(Component graph)
    {
        var isBack = Layers.BackEdges(graph);
        var rows = new Rows(graph, Layers.Rows(graph, isBack), isBack);
        Ordering.Apply(rows);
        var x = Coordinates.Of(rows);
        double left = Enumerable.Range(0, x.Length).Min(item => x[item] - rows.Width(item) / 2);
        for (int i = 0; i < x.Length; i++)
            x[i] -= left;
        return new Part(graph, isBack, rows, x) { Width = Enumerable.Range(0, x.Length).Max(item => x[item] + rows.Width(item) / 2) };
    }
}

/// <summary>Puts parts side by side, the largest first, and begins a new shelf when one is full.</summary>
internal sealed class Shelves(int firstRow)
{
    private const double Aspect = 1.6;
    private readonly Dictionary<int, NodePlace> _nodes = [];
    private readonly Dictionary<int, Route> _edges = [];

    public void Add(List<Part> parts)
    {
        double area = parts.Sum(part => (part.Width + Measures.Gap) * part.Rows.Items.Length * Measures.RowHeight);
        double room = Math.Max(Math.Sqrt(area * Aspect), parts.Count == 0 ? 0 : parts.Max(part => part.Width));
        double left = 0;
        int row = firstRow, next = firstRow;
        foreach (var part in parts.OrderByDescending(part => part.Rows.Items.Length))
        {
            if (left > 0 && left + part.Width > room)
                (left, row) = (0, next);
            Add(part, row, left);
            left += part.Width + 2 * Measures.Gap;
            next = Math.Max(next, row + part.Rows.Items.Length);
        }
    }

    public Placement ToPlacement() => new(_nodes, _edges);

    private void Add(Part part, int top, double left)
    {
        for (int row = 0; row < part.Rows.Items.Length; row++)
        {
            foreach (int item in part.Rows.Items[row].Where(part.Rows.IsNode))
                _nodes.Add(part.Graph.Nodes[item].Id, new NodePlace(top + row, left + part.X[item], part.Rows.Width(item)));
        }
        for (int e = 0; e < part.IsBack.Length; e++)
            _edges.Add(part.Graph.Edges[e].Id, new Route(part.IsBack[e], [.. part.Rows.Passing[e].Select(item => left + part.X[item])]));
    }
}

namespace Tame.Dashboards.Layout;

/// <summary>The places of the nodes of a graph, and the routes of its edges, by id.</summary>
internal sealed record Placement(IReadOnlyDictionary<int, NodePlace> Nodes, IReadOnlyDictionary<int, Route> Edges)
{
    public static Placement Empty { get; } = new(new Dictionary<int, NodePlace>(), new Dictionary<int, Route>());
}

/// <summary>A box of the height <see cref="Measures.NodeHeight"/>.</summary>
/// <param name="Row">Its row, from the top; negative above the first one.</param>
/// <param name="X">Its middle.</param>
/// <param name="Width">Its width.</param>
internal readonly record struct NodePlace(int Row, double X, double Width)
{
    public double Left => X - Width / 2;

    public double Right => X + Width / 2;

    public double Top => Row * Measures.RowHeight;

    public double Bottom => Top + Measures.NodeHeight;
}

/// <summary>The route of an edge.</summary>
/// <param name="IsBack">Whether it is drawn upward: it closes a cycle, or leads to a node in a higher row.</param>
/// <param name="Bends">The points where it passes the rows between its ends, beginning at the upper end.</param>
internal sealed record Route(bool IsBack, IReadOnlyList<double> Bends);

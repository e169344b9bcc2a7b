namespace Tame.Dashboards.Layout;

/// <summary>The input of a layout: nodes in the order in which they were found, and edges between them.</summary>
internal sealed record LayoutGraph(IReadOnlyList<LayoutNode> Nodes, IReadOnlyList<LayoutEdge> Edges);

/// <param name="Id">A number that stays the same while the graph grows.</param>
/// <param name="Width">The width of its box.</param>
internal readonly record struct LayoutNode(int Id, double Width);

/// <param name="Id">A number that stays the same while the graph grows.</param>
/// <param name="From">The id of a node of the graph.</param>
/// <param name="To">The id of a node of the graph; it may be the same.</param>
internal readonly record struct LayoutEdge(int Id, int From, int To);

/// <summary>Finds places for the nodes of a graph. The dashboard has one implementation; others may follow.</summary>
internal interface IGraphLayout
{
    /// <summary>Lays out a graph from scratch.</summary>
    Placement Place(LayoutGraph graph);

    /// <summary>Keeps the nodes where they are, and finds places for new ones.</summary>
    Placement Grow(LayoutGraph graph, Placement before);
}

/// <summary>The measures of a drawing. All boxes have the same height, so that a row is a number.</summary>
internal static class Measures
{
    public const double NodeHeight = 46;
    public const double RowHeight = 92;

    /// <summary>The minimum space between two boxes of a row.</summary>
    public const double Gap = 26;

    /// <summary>The space between an edge that passes a row and its neighbors.</summary>
    public const double PassingGap = 13;
}

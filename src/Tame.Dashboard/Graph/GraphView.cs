using Tame.Dashboards.Layout;

namespace Tame.Dashboards.Graph;

/// <summary>The settings of a viewer.</summary>
/// <param name="Open">The methods that are open.</param>
/// <param name="Layouts">How often the page has requested a full layout.</param>
internal sealed record ViewRequest(IReadOnlySet<int> Open, int Layouts);

/// <summary>One viewer's drawing, which keeps the places of its nodes. Not thread-safe: only one painter at a time uses it.</summary>
internal sealed class GraphView(IGraphLayout layout)
{
    private int _layouts;

    public VisibleGraph Graph { get; private set; } = VisibleGraph.Empty;

    public Placement Placement { get; private set; } = Placement.Empty;

    /// <summary>Changes when the drawing does. The numbers on it change more often.</summary>
    public int Version { get; private set; }

    /// <summary>
    /// Updates the drawing. It is laid out from scratch if <paramref name="layouts"/> has changed since the last update; otherwise only new nodes are
    /// placed.
    /// </summary>
    public void Update(VisibleGraph graph, int layouts)
    {
        bool isNew = Placement.Nodes.Count == 0 || layouts != _layouts || graph.Collapses != Graph.Collapses;
        if (isNew || HasChanged(graph))
        {
            var shape = new LayoutGraph(
                [.. graph.Nodes.Select(node => new LayoutNode(node.Id, Drawing.Labels.WidthOf(node)))],
                [.. graph.Edges.Select(edge => new LayoutEdge(edge.Id, edge.From, edge.To))]);
            Placement = isNew ? layout.Place(shape) : layout.Grow(shape, Placement);
            Version++;
        }
        (Graph, _layouts) = (graph, layouts);
    }

    private bool HasChanged(VisibleGraph graph) =>
        graph.Nodes.Count != Placement.Nodes.Count || graph.Edges.Count != Placement.Edges.Count
        || graph.Nodes.Any(node => !Placement.Nodes.ContainsKey(node.Id)) || graph.Edges.Any(edge => !Placement.Edges.ContainsKey(edge.Id));
}

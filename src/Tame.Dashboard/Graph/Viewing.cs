namespace Tame.Dashboards.Graph;

/// <summary>Creates the graph that a viewer sees from the graph of the loop.</summary>
/// <param name="numbering">The numbers of nodes and edges, which never change.</param>
/// <param name="rates">The rates at which edges are taken.</param>
/// <param name="mostNodes">The number of wait points above which methods are collapsed.</param>
internal sealed class Viewing(Numbering numbering, Rates rates, int mostNodes)
{
    /// <param name="graph">The graph of the loop.</param>
    /// <param name="open">The numbers of the open methods if methods are collapsed.</param>
    public VisibleGraph Of(BlockingGraph graph, IReadOnlySet<int> open)
    {
        bool collapses = graph.Nodes.Count > mostNodes;
        var nodes = new Dictionary<int, VisibleNode>();
        foreach (var node in graph.Nodes)
        {
            var visible = See(node, collapses, open);
            nodes[visible.Id] = nodes.TryGetValue(visible.Id, out var other) ? other with { Blocked = other.Blocked + visible.Blocked } : visible;
        }
        var edges = new Dictionary<int, VisibleEdge>();
        foreach (var edge in graph.Edges)
            Add(edges, edge, nodes, id => collapses && !open.Contains(id));
        var leaving = edges.Values.ToLookup(edge => edge.From);
        return new VisibleGraph([.. nodes.Values.Select(node => node with { Costs = Average([.. leaving[node.Id]]) })], [.. edges.Values], collapses);
    }

    private VisibleNode See(BlockingNode node, bool collapses, IReadOnlySet<int> open)
    {
        int method = numbering.OfMethod(node.Point.Method);
        if (collapses && !open.Contains(method))
            return new VisibleNode(method, NodeKind.Method, node.Point, method, node.Blocked);
        var kind = node.Point.Kind switch { WaitPointKind.Entry => NodeKind.Entry, WaitPointKind.End => NodeKind.End, _ => NodeKind.Wait };
        return new VisibleNode(numbering.Of(node.Point), kind, node.Point, method, node.Blocked);
    }

    private void Add(Dictionary<int, VisibleEdge> edges, BlockingEdge edge, Dictionary<int, VisibleNode> nodes, Predicate<int> isCollapsed)
    {
        int from = End(edge.From), to = End(edge.To);
        // Inside a collapsed method only recursion is shown.
        if (!nodes.TryGetValue(from, out var start) || !nodes.ContainsKey(to) || (from == to && start.Kind == NodeKind.Method && edge.Kind != BlockingEdgeKind.Call))
            return;
        int id = numbering.OfEdge(from, to, edge.Kind);
        var seen = new VisibleEdge(id, from, to, edge.Kind, rates.Of(edge)) { Costs = edge.Costs };
        edges[id] = edges.TryGetValue(id, out var other) ? Merge(other, seen) : seen;

        int End(WaitPoint point) => numbering.OfMethod(point.Method) is var method && isCollapsed(method) ? method : numbering.Of(point);
    }

    private static VisibleEdge Merge(VisibleEdge left, VisibleEdge right) => left with
    {
        Traffic = new Traffic(left.Traffic.Count + right.Traffic.Count, left.Traffic.Rate + right.Traffic.Rate),
        Costs = Average([left, right]),
    };

    private static StretchCosts Average(IReadOnlyList<VisibleEdge> edges)
    {
        double all = edges.Sum(edge => (double)edge.Traffic.Count);
        return all == 0 ? default : new StretchCosts(Of(c => c.RunningNanoseconds), Of(c => c.AllocatedBytes), Of(c => c.ClosureBytes), Of(c => c.Descriptors), Of(c => c.BlockedNanoseconds));

        double Of(Func<StretchCosts, double> cost) => edges.Sum(edge => edge.Traffic.Count * cost(edge.Costs)) / all;
    }
}

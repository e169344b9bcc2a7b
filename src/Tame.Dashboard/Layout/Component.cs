namespace Tame.Dashboards.Layout;

/// <summary>A connected component of a graph, with nodes and edges by their index in its lists.</summary>
internal sealed class Component
{
    public Component(IReadOnlyList<LayoutNode> nodes, IReadOnlyList<LayoutEdge> edges)
    {
        (Nodes, Edges) = (nodes, edges);
        var places = new Dictionary<int, int>();
        for (int i = 0; i < nodes.Count; i++)
            places.Add(nodes[i].Id, i);
        From = [.. edges.Select(edge => places[edge.From])];
        To = [.. edges.Select(edge => places[edge.To])];
    }

    public IReadOnlyList<LayoutNode> Nodes { get; }

    public IReadOnlyList<LayoutEdge> Edges { get; }

    public int[] From { get; }

    public int[] To { get; }

    /// <summary>The edges that leave each node, in their order.</summary>
    public List<int>[] EdgesFrom()
    {
        var leaving = Lists(Nodes.Count);
        for (int e = 0; e < From.Length; e++)
            leaving[From[e]].Add(e);
        return leaving;
    }

    public static List<int>[] Lists(int count)
    {
        var lists = new List<int>[count];
        for (int i = 0; i < count; i++)
            lists[i] = [];
        return lists;
    }

    /// <summary>The components of a graph, in the order of their first nodes.</summary>
    public static List<Component> Of(LayoutGraph graph)
    {
        var leader = graph.Nodes.ToDictionary(node => node.Id, node => node.Id);
        foreach (var edge in graph.Edges)
            leader[Find(leader, edge.From)] = Find(leader, edge.To);
        var edges = graph.Edges.ToLookup(edge => Find(leader, edge.From));
        return [.. graph.Nodes.GroupBy(node => Find(leader, node.Id)).Select(nodes => new Component([.. nodes], [.. edges[nodes.Key]]))];
    }

    private static int Find(Dictionary<int, int> leader, int id)
    {
        while (leader[id] != id)
        {
            leader[id] = leader[leader[id]];
            id = leader[id];
        }
        return id;
    }
}

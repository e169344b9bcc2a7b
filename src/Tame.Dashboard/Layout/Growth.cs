namespace Tame.Dashboards.Layout;

/// <summary>
/// Adds new nodes to a drawing. Each is placed in the row below the nodes that lead to it, at the free place nearest to its neighbors. The other nodes do not
/// move.
/// </summary>
internal sealed class Growth
{
    private readonly List<LayoutNode> _waiting = [];
    private readonly ILookup<int, int> _from;
    private readonly ILookup<int, int> _to;
    private readonly Dictionary<int, List<NodePlace>> _rows = [];

    public Growth(LayoutGraph graph, Placement before)
    {
        _from = graph.Edges.Where(edge => edge.From != edge.To).ToLookup(edge => edge.To, edge => edge.From);
        _to = graph.Edges.Where(edge => edge.From != edge.To).ToLookup(edge => edge.From, edge => edge.To);
        foreach (var node in graph.Nodes)
        {
            if (before.Nodes.TryGetValue(node.Id, out var place))
                Put(node.Id, place);
            else
                _waiting.Add(node);
        }
    }

    public Dictionary<int, NodePlace> Places { get; } = [];

    /// <summary>Places all new nodes that a path connects with a placed node.</summary>
    public void AddNeighbors()
    {
        bool found = true;
        while (found)
        {
            // A node whose callers all have a place comes first: its row is then correct.
            int next = _waiting.FindIndex(node => _from[node.Id].Any() && _from[node.Id].All(Places.ContainsKey));
            if (next < 0)
                next = _waiting.FindIndex(node => _from[node.Id].Concat(_to[node.Id]).Any(Places.ContainsKey));
            found = next >= 0;
            if (!found)
                continue;
            Add(_waiting[next]);
            _waiting.RemoveAt(next);
        }
    }

    private void Add(LayoutNode node)
    {
        var above = _from[node.Id].Where(Places.ContainsKey).Select(id => Places[id]).ToList();
        var below = _to[node.Id].Where(Places.ContainsKey).Select(id => Places[id]).ToList();
        int row = above.Count != 0 ? above.Max(place => place.Row) + 1 : below.Min(place => place.Row) - 1;
        Put(node.Id, new NodePlace(row, Free(row, node.Width, above.Concat(below).Average(place => place.X)), node.Width));
    }

    private void Put(int id, NodePlace place)
    {
        Places.Add(id, place);
        if (!_rows.TryGetValue(place.Row, out var row))
            _rows.Add(place.Row, row = []);
        row.Add(place);
    }

    private double Free(int row, double width, double wanted) =>
        _rows.TryGetValue(row, out var places) ? Gaps.Nearest(places, width / 2 + Measures.Gap, wanted) : wanted;
}

/// <summary>Finds free space in a row.</summary>
internal static class Gaps
{
    /// <summary>The number nearest to the wanted one that is at least <paramref name="margin"/> away from every box.</summary>
    public static double Nearest(IEnumerable<NodePlace> row, double margin, double wanted)
    {
        double left = wanted, right = wanted;
        foreach (var place in row.OrderBy(place => place.Left))
        {
            if (right > place.Left - margin && right < place.Right + margin)
                right = place.Right + margin;
        }
        foreach (var place in row.OrderByDescending(place => place.Right))
        {
            if (left > place.Left - margin && left < place.Right + margin)
                left = place.Left - margin;
        }
        return wanted - left < right - wanted ? left : right;
    }
}

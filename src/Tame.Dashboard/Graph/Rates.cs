namespace Tame.Dashboards.Graph;

/// <summary>The rate at which each edge is taken, computed from the growth of its count. It is an average in which the last ten seconds count most.</summary>
internal sealed class Rates
{
    private const double Window = 10;
    private readonly Dictionary<(WaitPoint From, WaitPoint To, BlockingEdgeKind Kind), Traffic> _edges = [];
    private DateTimeOffset? _last;

    /// <summary>Records the current counts.</summary>
    public void Note(BlockingGraph graph, DateTimeOffset now)
    {
        double elapsed = _last is { } last ? (now - last).TotalSeconds : 0;
        _last = now;
        double weight = 1 - Math.Exp(-Math.Max(elapsed, 0) / Window);
        foreach (var edge in graph.Edges)
        {
            var key = (edge.From, edge.To, edge.Kind);
            var rate = elapsed > 0 && _edges.TryGetValue(key, out var before)
                ? before.Rate + weight * (Math.Max(0, edge.Count - before.Count) / elapsed - before.Rate)
                : 0;
            _edges[key] = new Traffic(edge.Count, rate);
        }
    }

    public Traffic Of(BlockingEdge edge) => _edges.GetValueOrDefault((edge.From, edge.To, edge.Kind), new Traffic(edge.Count, 0));
}

namespace Tame.Dashboards.Figures;

/// <summary>The edges of a graph without a profile: from each waiting call to the calls it waits for.</summary>
internal static class WaitingEdges
{
    public static BlockingGraph Add(BlockingGraph graph, IReadOnlyList<BlockedCall> blocked)
    {
        var points = new Dictionary<(string Method, string File, int Line), WaitPoint>();
        foreach (var node in graph.Nodes.Where(node => node.Point.Kind == WaitPointKind.Wait))
            points.TryAdd((node.Point.Method, node.Point.File, node.Point.Line), node.Point);
        var counts = new Dictionary<(WaitPoint From, WaitPoint To), int>();
        foreach (var call in blocked)
        {
            foreach (var callee in call.WaitsFor)
            {
                if (Find(call) is { } from && Find(callee) is { } to)
                    counts[(from, to)] = counts.GetValueOrDefault((from, to)) + 1;
            }
        }
        return graph with { Edges = [.. counts.Select(count => new BlockingEdge(count.Key.From, count.Key.To, BlockingEdgeKind.Call, count.Value, default))] };

        WaitPoint? Find(BlockedCall call) => points.GetValueOrDefault((call.Method, call.File, call.Line));
    }
}

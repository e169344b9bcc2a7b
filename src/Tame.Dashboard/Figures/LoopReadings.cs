namespace Tame.Dashboards.Figures;

/// <summary>The figures of a real loop.</summary>
internal sealed class LoopReadings(EventLoop loop) : ILoopFigures
{
    private readonly DescriptorCount _descriptors = new();

    public ProfileMode Profile
    {
        get => loop.ProfileMode;
        set => loop.Profile(value);
    }

    public LoopFigures Read() => new()
    {
        Memory = GC.GetTotalMemory(forceFullCollection: false),
        Descriptors = _descriptors.Last,
        Profile = loop.ProfileMode,
    };

    /// <summary>Without the dashboard itself.</summary>
    public BlockingGraph Graph()
    {
        var graph = loop.BlockingGraph;
        if (graph.Edges.Count == 0)
            graph = WaitingEdges.Add(graph, loop.Blocked);
        return new BlockingGraph([.. graph.Nodes.Where(node => !IsOwn(node.Point))], [.. graph.Edges.Where(edge => !IsOwn(edge.From) && !IsOwn(edge.To))]);
    }

    public IReadOnlyList<BlockedCall> Blocked() => loop.Blocked;

    private static bool IsOwn(WaitPoint point) =>
        point.Method.StartsWith("Tame.Dashboards.Serving.", StringComparison.Ordinal) || point.Method.StartsWith("Tame.Dashboards.DashboardServer.", StringComparison.Ordinal);
}

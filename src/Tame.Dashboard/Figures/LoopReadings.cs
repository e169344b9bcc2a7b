namespace Tame.Dashboards.Figures;

/// <summary>The figures of a real loop.</summary>
internal sealed class LoopReadings(EventLoop loop) : ILoopFigures
{
    private readonly DescriptorCount _descriptors = new();
    private readonly BusyShare _busy = new(loop.Statistics.Busy);

    public ProfileMode Profile
    {
        get => loop.ProfileMode;
        set => loop.Profile(value);
    }

    public LoopFigures Read()
    {
        var statistics = loop.Statistics;
        return new()
        {
            Ready = statistics.ReadyLength,
            Busy = _busy.Measure(statistics.Busy),
            Memory = GC.GetTotalMemory(forceFullCollection: false),
            Descriptors = _descriptors.Last,
            Profile = loop.ProfileMode,
            Lost = [.. Lost(statistics.LastLosses)],
            Policy = Policy(),
        };
    }

    /// <summary>Omits the dashboard itself.</summary>
    public BlockingGraph Graph()
    {
        var graph = loop.BlockingGraph;
        if (graph.Edges.Count == 0)
            graph = WaitingEdges.Add(graph, loop.Blocked);
        return new BlockingGraph([.. graph.Nodes.Where(node => !IsOwn(node.Point))], [.. graph.Edges.Where(edge => !IsOwn(edge.From) && !IsOwn(edge.To))]);
    }

    public IReadOnlyList<StageReading> Stages() => StageReadings.Now;

    public IReadOnlyList<BlockedCall> Blocked() => loop.Blocked;

    private static IEnumerable<LostEvent> Lost(IReadOnlyList<LostEventException> losses) =>
        losses.Reverse().GroupBy(loss => (loss.Method, loss.File, loss.Line)).Select(group => new LostEvent(group.Key.Method, group.Key.File, group.Key.Line, group.LongCount()));

    /// <summary>Null if the loop has no resources.</summary>
    private PolicyFigures? Policy() => loop.Resources is not { Count: > 0 } resources ? null : new PolicyFigures(
        loop.Scheduling == SchedulingPolicy.ResourceAware ? "resource-aware" : "first in, first out",
        [.. resources.Select(resource => new ResourceFigures(
            resource.Name, resource.Used, resource.Capacity, Math.Min(resource.LowWatermark, resource.HighWatermark) * resource.Capacity, resource.HighWatermark * resource.Capacity))]);

    private static bool IsOwn(WaitPoint point) =>
        point.Method.StartsWith("Tame.Dashboards.Serving.", StringComparison.Ordinal) || point.Method.StartsWith("Tame.Dashboards.DashboardServer.", StringComparison.Ordinal);
}

namespace Tame;

/// <summary>Combines equal nodes and edges, and sorts them.</summary>
internal sealed class GraphBuilder
{
    private readonly Dictionary<WaitPoint, int> _blocked = [];
    private readonly Dictionary<(WaitPoint From, WaitPoint To, BlockingEdgeKind Kind), WeightedCosts> _edges = [];

    /// <summary>Adds everything that was recorded.</summary>
    public void Add(Recorder recorder)
    {
        foreach (var point in recorder.Points)
        {
            var from = point.Point;
            foreach (var stretch in point.Stretches)
                Add(new BlockingEdge(from, stretch.To.Point, stretch.Kind, stretch.Count, stretch.Costs));
        }
    }

    /// <summary>Adds all nodes and edges of a graph.</summary>
    public void Add(BlockingGraph graph)
    {
        foreach (var node in graph.Nodes)
            Add(node.Point, node.Blocked);
        foreach (var edge in graph.Edges)
            Add(edge);
    }

    /// <summary>Adds calls that wait at a point.</summary>
    public void Add(WaitPoint point, int blocked) => _blocked[point] = _blocked.GetValueOrDefault(point) + blocked;

    public BlockingGraph Build()
    {
        var leaving = new Dictionary<WaitPoint, WeightedCosts>();
        foreach (var (edge, costs) in _edges)
            leaving[edge.From] = leaving.GetValueOrDefault(edge.From).Plus(costs);
        return new BlockingGraph(
            Array.AsReadOnly(_blocked.OrderBy(node => node.Key, WaitPointOrder.Instance)
                .Select(node => new BlockingNode(node.Key, node.Value, leaving.GetValueOrDefault(node.Key).Average)).ToArray()),
            Array.AsReadOnly(_edges.OrderBy(edge => edge.Key.From, WaitPointOrder.Instance).ThenBy(edge => edge.Key.To, WaitPointOrder.Instance).ThenBy(edge => edge.Key.Kind)
                .Select(edge => new BlockingEdge(edge.Key.From, edge.Key.To, edge.Key.Kind, edge.Value.Count, edge.Value.Average)).ToArray()));
    }

    private void Add(BlockingEdge edge)
    {
        Add(edge.From, blocked: 0);
        Add(edge.To, blocked: 0);
        var key = (edge.From, edge.To, edge.Kind);
        _edges[key] = _edges.GetValueOrDefault(key).Plus(new WeightedCosts(edge.Count, edge.Costs));
    }

    /// <summary>An average and the number of values in it.</summary>
    private readonly record struct WeightedCosts(long Count, StretchCosts Average)
    {
        public WeightedCosts Plus(WeightedCosts other)
        {
            if (Count == 0)
                return other;
            long count = Count + other.Count;
            double part = count == 0 ? 0 : (double)other.Count / count;
            var (mine, others) = (Average, other.Average);
            return new WeightedCosts(count, new StretchCosts(
                Between(mine.RunningNanoseconds, others.RunningNanoseconds, part),
                Between(mine.AllocatedBytes, others.AllocatedBytes, part),
                Between(mine.ClosureBytes, others.ClosureBytes, part),
                Between(mine.Descriptors, others.Descriptors, part),
                Between(mine.BlockedNanoseconds, others.BlockedNanoseconds, part)));
        }

        private static double Between(double left, double right, double part) => left + (right - left) * part;
    }
}

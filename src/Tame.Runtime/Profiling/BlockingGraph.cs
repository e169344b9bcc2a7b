namespace Tame;

/// <summary>Where the calls of a loop wait, how they come from one wait to the next, and what the code between costs: a snapshot, which does not change.</summary>
/// <param name="Nodes">The wait points that were seen, by method and state.</param>
/// <param name="Edges">The stretches between them, by the nodes that they leave and reach.</param>
public sealed partial record BlockingGraph(IReadOnlyList<BlockingNode> Nodes, IReadOnlyList<BlockingEdge> Edges)
{
    /// <summary>The graph without nodes.</summary>
    public static BlockingGraph Empty { get; } = new([], []);

    /// <summary>Joins the graphs of several loops: counts are added, and averages are weighted by them.</summary>
    /// <param name="graphs">The graphs.</param>
    /// <exception cref="ArgumentNullException">The graphs are null, or one is.</exception>
    public static BlockingGraph Merge(params IEnumerable<BlockingGraph> graphs)
    {
        ArgumentNullException.ThrowIfNull(graphs);
        var all = new GraphBuilder();
        foreach (var graph in graphs)
        {
            ArgumentNullException.ThrowIfNull(graph, nameof(graphs));
            all.Add(graph);
        }
        return all.Build();
    }
}

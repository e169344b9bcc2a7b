namespace Tame;

/// <summary>
/// Shows where the calls of a loop wait, how they get from one wait to the next, and what the code between costs. It is an immutable snapshot.
/// </summary>
/// <param name="Nodes">The recorded wait points, ordered by method and state.</param>
/// <param name="Edges">The stretches between them, ordered by the nodes that they leave and reach.</param>
public sealed partial record BlockingGraph(IReadOnlyList<BlockingNode> Nodes, IReadOnlyList<BlockingEdge> Edges)
{
    /// <summary>A graph without nodes.</summary>
    public static BlockingGraph Empty { get; } = new([], []);

    /// <summary>Merges the graphs of several loops. Counts are added, and averages are weighted by the counts.</summary>
    /// <param name="graphs">The graphs.</param>
    /// <exception cref="ArgumentNullException">The argument or one of the graphs is null.</exception>
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

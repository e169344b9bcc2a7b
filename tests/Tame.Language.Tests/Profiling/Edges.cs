namespace Tame.Language.Tests.Profiling;

/// <summary>A blocking graph as lines: <c>Serve 1 -> Handle entry, call: 3</c>.</summary>
internal static class Edges
{
    /// <summary>Runs a program in virtual time with its profile on, and returns the graph of its end.</summary>
    public static BlockingGraph Of(Action<Event> program, ProfileMode mode = ProfileMode.On)
    {
        EventLoop loop = null!;
        EventLoop.Run(e =>
        {
            loop = EventLoop.Current!;
            program(e);
        }, new EventLoopOptions { VirtualTime = true, Profile = mode });
        return loop.BlockingGraph;
    }

    public static string[] Lines(BlockingGraph graph) => [.. graph.Edges.Select(edge => $"{Name(edge.From)} -> {Name(edge.To)}, {edge.Kind.ToString().ToLowerInvariant()}: {edge.Count}")];

    /// <summary>The one edge of that line.</summary>
    public static BlockingEdge Edge(BlockingGraph graph, string line) => graph.Edges.Single(edge => $"{Name(edge.From)} -> {Name(edge.To)}" == line);

    public static string Name(WaitPoint point) =>
        $"{point.Method[(point.Method.LastIndexOf('.') + 1)..]} {(point.Kind == WaitPointKind.Wait ? point.State : point.Kind.ToString().ToLowerInvariant())}";
}

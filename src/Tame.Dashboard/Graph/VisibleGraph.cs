namespace Tame.Dashboards.Graph;

/// <summary>The kind of a node of the page.</summary>
internal enum NodeKind
{
    Entry,
    Wait,
    End,

    /// <summary>All wait points of a method.</summary>
    Method,

    /// <summary>A bounded queue and its handler.</summary>
    Stage,
}

/// <summary>The graph as one viewer sees it.</summary>
/// <param name="Nodes">The nodes, in the order in which they were found.</param>
/// <param name="Edges">The edges between them.</param>
/// <param name="Collapses">Whether there are too many wait points to show all. Then each method is one node, unless it is opened.</param>
internal sealed record VisibleGraph(IReadOnlyList<VisibleNode> Nodes, IReadOnlyList<VisibleEdge> Edges, bool Collapses)
{
    public static VisibleGraph Empty { get; } = new([], [], Collapses: false);
}

/// <param name="Id">Its number, the same for all viewers while the dashboard runs.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Point">The wait point, or the first one of the method. For a stage, only its method is set, to the stage's name.</param>
/// <param name="Method">The number of the node that the method collapses to.</param>
/// <param name="Blocked">The number of calls that wait there now, or of items in a stage's queue.</param>
internal sealed record VisibleNode(int Id, NodeKind Kind, WaitPoint Point, int Method, int Blocked)
{
    public StretchCosts Costs { get; init; }

    /// <summary>The figures of a stage; null for another node.</summary>
    public StageReading? Stage { get; init; }
}

/// <param name="Id">Its number.</param>
/// <param name="From">The number of a node.</param>
/// <param name="To">The number of a node.</param>
/// <param name="Kind">How calls get from one node to the other.</param>
/// <param name="Traffic">How often they do.</param>
internal sealed record VisibleEdge(int Id, int From, int To, BlockingEdgeKind Kind, Traffic Traffic)
{
    public StretchCosts Costs { get; init; }
}

/// <param name="Count">How many times its code has run while the profile was on.</param>
/// <param name="Rate">The recent number per second.</param>
internal readonly record struct Traffic(long Count, double Rate);

/// <summary>Assigns numbers, from one, to the nodes and edges that the page refers to. Not thread-safe: only one painter at a time uses it.</summary>
internal sealed class Numbering
{
    private readonly Dictionary<WaitPoint, int> _points = [];
    private readonly Dictionary<string, int> _methods = [];
    private readonly Dictionary<int, int> _stages = [];
    private readonly Dictionary<(int From, int To, BlockingEdgeKind Kind), int> _edges = [];
    private int _last;

    public int Of(WaitPoint point) => Number(_points, point);

    public int OfMethod(string method) => Number(_methods, method);

    public int OfStage(int number) => Number(_stages, number);

    public int OfEdge(int from, int to, BlockingEdgeKind kind) => Number(_edges, (from, to, kind));

    private int Number<T>(Dictionary<T, int> numbers, T key)
        where T : notnull
    {
        if (!numbers.TryGetValue(key, out int number))
            numbers.Add(key, number = ++_last);
        return number;
    }
}

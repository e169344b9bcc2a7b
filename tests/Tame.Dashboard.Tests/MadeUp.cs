using System.Runtime.CompilerServices;
using Tame.Dashboards.Figures;

namespace Tame.Dashboards.Tests;

/// <summary>Graphs that no program has made.</summary>
internal static class MadeUp
{
    public static WaitPoint Point(string method, int state, string text = "twait(e => Ask(e))") => new(
        state switch { 0 => WaitPointKind.Entry, -1 => WaitPointKind.End, _ => WaitPointKind.Wait }, method, state, "Shop.cs", 10 + Math.Abs(state), state is 0 or -1 ? "" : text);

    public static BlockingNode Node(string method, int state, int blocked = 0) => new(Point(method, state), blocked, default);

    public static BlockingEdge Edge(WaitPoint from, WaitPoint to, long count = 1, BlockingEdgeKind kind = BlockingEdgeKind.Continue, StretchCosts costs = default) => new(from, to, kind, count, costs);

    /// <summary>Has a call wait for another, as the loop does when it describes them.</summary>
    public static void LetWait(BlockedCall call, BlockedCall callee) => SetWaitsFor(call, [callee]);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_WaitsFor")]
    private static extern void SetWaitsFor(BlockedCall call, IReadOnlyList<BlockedCall> waitsFor);

    /// <summary>Methods that each begin, wait and end, and call the next one.</summary>
    public static BlockingGraph Methods(int count, int blocked = 0)
    {
        var nodes = new List<BlockingNode>();
        var edges = new List<BlockingEdge>();
        for (int i = 0; i < count; i++)
        {
            string method = $"Shop.Desk{i}.Serve";
            nodes.AddRange([Node(method, 0), Node(method, 1, blocked), Node(method, -1)]);
            edges.AddRange([Edge(Point(method, 0), Point(method, 1)), Edge(Point(method, 1), Point(method, -1))]);
            if (i > 0)
                edges.Add(Edge(Point($"Shop.Desk{i - 1}.Serve", 0), Point(method, 0), 5, BlockingEdgeKind.Call));
        }
        return new BlockingGraph(nodes, edges);
    }
}

/// <summary>Stages that no program has made.</summary>
internal static class MadeUpStages
{
    public static StageReading Stage(int number, string name, int length, params int[] next) => new(number, name, Capacity: 1000, next)
    {
        Length = length,
        Accepted = 10 * number,
        ArrivalRate = number / 2.0,
        Figures = [("items in the queue", (double)length), ("90th percentile", TimeSpan.FromMilliseconds(12.5))],
    };
}

/// <summary>A loop's figures that a test sets.</summary>
internal sealed class MadeUpFigures : ILoopFigures
{
    public BlockingGraph Now { get; set; } = MadeUp.Methods(2, blocked: 3);

    public LoopFigures Figures { get; set; } = new() { Ready = 4, Busy = 0.5, Memory = 1e6, Descriptors = 20 };

    public IReadOnlyList<BlockedCall> Calls { get; set; } = [];

    public ProfileMode Profile { get; set; } = ProfileMode.Sampled;

    /// <summary>How often the graph was asked for.</summary>
    public int Graphs { get; private set; }

    public LoopFigures Read() => Figures with { Profile = Profile };

    public BlockingGraph Graph()
    {
        Graphs++;
        return Now;
    }

    public IReadOnlyList<StageReading> Queues { get; set; } = [];

    public IReadOnlyList<StageReading> Stages() => Queues;

    public IReadOnlyList<BlockedCall> Blocked() => Calls;
}

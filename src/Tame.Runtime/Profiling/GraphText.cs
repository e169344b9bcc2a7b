using System.Globalization;

namespace Tame;

/// <summary>The texts for points and edges that all drawings of a graph share.</summary>
internal static class GraphText
{
    /// <summary>The lines of a node.</summary>
    public static IEnumerable<string> LinesOf(BlockingNode node)
    {
        var point = node.Point;
        yield return point.Method;
        yield return point.Kind switch
        {
            WaitPointKind.Entry => "entry",
            WaitPointKind.End => "end",
            _ => string.Create(CultureInfo.InvariantCulture, $"{point.Line}: {point.Text}"),
        };
        if (node.Blocked != 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{node.Blocked} blocked");
    }

    /// <summary>The number of stretches and, if measured, how long they took.</summary>
    public static string Of(BlockingEdge edge)
    {
        string count = edge.Count.ToString(CultureInfo.InvariantCulture);
        double running = edge.Costs.RunningNanoseconds;
        return running == 0 ? count : $"{count} x {Time(running)}";
    }

    /// <summary>The number of each node, by its point.</summary>
    public static Dictionary<WaitPoint, int> Numbers(BlockingGraph graph) =>
        graph.Nodes.Select((node, number) => (node.Point, number)).ToDictionary(node => node.Point, node => node.number);

    private static string Time(double nanoseconds) => nanoseconds switch
    {
        < 1e3 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:F0} ns"),
        < 1e6 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e3:F1} us"),
        < 1e9 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e6:F1} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e9:F1} s"),
    };
}

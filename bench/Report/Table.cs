using System.Globalization;
using System.Text;

namespace Tame.Benchmarks;

/// <summary>Markdown of what was measured: the table of goals and whether they are met, the servers side by side, and how costs grow.</summary>
internal sealed class Table(IReadOnlyList<Measurement> measured)
{
    /// <summary>What the rows of curves begin with.</summary>
    public const string Curve = "curve of ";

    private const string Runtime = "runtime-async";

    private static readonly string[] s_serverMetrics = ["requests/s", "requests/core s", "threads", "RSS MB", "VSZ MB", "idle MB", "start ms"];

    public string Goals(IEnumerable<Goal> goals)
    {
        var text = new StringBuilder("| what | Tame | peers | ratio | goal | met | the runtime's own async |\n|---|---|---|---|---|---|---|\n");
        foreach (var goal in goals) text.Append(Line(goal));
        return text.ToString();
    }

    /// <summary>Ours over the best peer's; null where one of them is missing.</summary>
    public double? Ratio(Goal goal) => Find(goal, goal.Ours) / Best(goal, goal.Peers);

    /// <summary>Whether the goal is reached; null where that was not measured.</summary>
    public bool? IsMet(Goal goal)
    {
        if (Find(goal, goal.Ours) is not { } ours || (goal.Ratio is not null && Ratio(goal) is null)) return null;
        var ahead = goal.Ratio is not { } wanted || (goal.MoreIsBetter ? Ratio(goal) >= wanted : Ratio(goal) <= wanted);
        return ahead && !(ours > goal.AtMost) && !(goal.AllocatesNothing && Bytes(goal, goal.Ours) > 0);
    }

    /// <summary>The servers side by side: throughput, threads, physical and virtual memory, in the form of figure 7 of the paper.</summary>
    public string Servers()
    {
        if (!measured.Any(m => m.Metric == "requests/s")) return "";
        var text = new StringBuilder($"| load | server | {string.Join(" | ", s_serverMetrics)} |\n|---|---|{string.Concat(s_serverMetrics.Select(_ => "---|"))}\n");
        foreach (var server in measured.Where(m => m.Metric == "requests/s").Select(m => (m.Row, m.Side, m.At)).Distinct())
        {
            var values = s_serverMetrics.Select(metric => Number(measured.Where(m => (m.Row, m.Side, m.At) == server && m.Metric == metric).Select(m => (double?)m.Value).FirstOrDefault()));
            text.Append(CultureInfo.InvariantCulture, $"| {server.Row}, {server.At} connections | {server.Side} | {string.Join(" | ", values)} |\n");
        }

        return text.ToString();
    }

    /// <summary>Nanoseconds of each side of each row, a column for each number of outstanding waits.</summary>
    public string Growth()
    {
        var grown = measured.Where(m => m.Row.StartsWith(Curve, StringComparison.Ordinal)).ToList();
        if (grown.Count == 0) return "";
        var points = grown.Select(m => m.At).Distinct().Order().ToList();
        var text = new StringBuilder($"| ns, with so many outstanding | side | {string.Join(" | ", points.Select(at => at.ToString("N0", CultureInfo.InvariantCulture)))} |\n|---|---|{string.Concat(points.Select(_ => "---|"))}\n");
        foreach (var side in grown.Where(m => m.Metric == "ns").GroupBy(m => (m.Row, m.Side)))
            text.Append(CultureInfo.InvariantCulture, $"| {side.Key.Row[Curve.Length..]} | {side.Key.Side} | {string.Join(" | ", points.Select(at => Number(At(side, at))))} |\n");
        return text.ToString();
    }

    private static double? At(IEnumerable<Measurement> line, int at) => line.Where(m => m.At == at).Select(m => (double?)m.Value).FirstOrDefault();

    /// <summary>Three digits, more only of what is larger.</summary>
    public static string Number(double? value) => value switch
    {
        null => "",
        < 10 => value.Value.ToString("0.##", CultureInfo.InvariantCulture),
        < 100 => value.Value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("#,0", CultureInfo.InvariantCulture),
    };

    private string Line(Goal goal)
    {
        // The runtime's own async is a column; where a goal names it as a peer, it counts among those too.
        var runtime = measured.Where(m => m.Row == goal.Row && m.Metric == goal.Metric && m.Side.StartsWith(Runtime, StringComparison.Ordinal)).Select(m => m.Side).ToArray();
        var peers = goal.Peers.Where(peer => !runtime.Contains(peer) && Find(goal, peer) is not null).Select(peer => $"{peer} {Amount(goal, peer)}");
        var best = runtime.OrderBy(side => Find(goal, side)).FirstOrDefault();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {goal.What} | {Amount(goal, goal.Ours)} | {string.Join("; ", peers)} | {Times(Ratio(goal))} | {Wanted(goal)} | {Met(goal)} | {(best is null ? "" : $"{Amount(goal, best)} ({Times(Find(goal, goal.Ours) / Find(goal, best))})")} |\n");
    }

    private string Met(Goal goal) => !goal.IsGoal && IsMet(goal) is not null ? "" : IsMet(goal) switch { true => "yes", false => "**no**", null => "not measured" };

    private string Amount(Goal goal, string side)
    {
        if (Find(goal, side) is not { } value) return "";
        var unit = goal.Metric == "bytes" ? "B" : goal.Metric.Split(' ') is [_, var last] && !goal.MoreIsBetter ? last : goal.Metric;
        var bytes = goal.Metric == "ns" ? Bytes(goal, side) : null;
        return $"{Number(value)} {unit}{(bytes is null ? "" : $", {Number(bytes)} B")}";
    }

    private static string Wanted(Goal goal) => string.Join(", ", new[]
    {
        goal.Ratio is null ? null : (goal.MoreIsBetter ? "at least " : "") + Times(goal.Ratio),
        goal.AtMost is null ? null : $"at most {Number(goal.AtMost)} {goal.Metric.Split(' ')[^1]}",
        goal.AllocatesNothing ? "0 B" : null,
    }.Where(part => part is not null));

    private static string Times(double? ratio) => ratio is null ? "" : ratio.Value.ToString("0.00", CultureInfo.InvariantCulture) + "x";

    private double? Best(Goal goal, IEnumerable<string> sides)
    {
        var values = sides.Select(side => Find(goal, side)).OfType<double>().ToList();
        return values.Count == 0 ? null : goal.MoreIsBetter ? values.Max() : values.Min();
    }

    private double? Bytes(Goal goal, string side) => Find(goal with { Metric = "bytes" }, side);

    private double? Find(Goal goal, string side) => measured
        .Where(m => m.Row == goal.Row && m.Side == side && m.Metric == goal.Metric && (goal.At is null || m.At == goal.At))
        .Select(m => (double?)m.Value).FirstOrDefault();
}

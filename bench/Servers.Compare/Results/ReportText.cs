using System.Globalization;
using System.Text;

namespace Tame.Comparison.Results;

/// <summary>Markdown of what a run has found out.</summary>
internal sealed class ReportText(Findings findings)
{
    private const string Ours = "knot";
    private const double Notable = 1.03, Busy = 1;

    private static readonly (string Name, Func<MixPoint, double> Value, bool MoreIsBetter, string Better)[] s_measures =
    [
        ("most requests/s", point => point.RequestsPerSecond, true, "answers more requests a second than"),
        ("lowest p99, ms", point => point.Milliseconds.P99, false, "has a lower 99th percentile than"),
        ("least processor time, us", point => point.ProcessorMicroseconds, false, "takes less processor time for a request than"),
        ("least memory, MB", point => point.ResidentMegabytes, false, "takes less memory than"),
    ];

    public string Markdown()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{findings.Circumstances}\n\n    {findings.Command}\n\n");
        if (findings.LoadAverage > Busy)
            text.Append("**These numbers are provisional.** Other programs used the same cores at the same time, and servers waited for them. Run it again on a machine that has nothing else to do.\n\n");
        foreach (string setting in findings.Settings)
            text.Append(CultureInfo.InvariantCulture, $"- {setting}\n");
        foreach (string missing in findings.Missing)
            text.Append(CultureInfo.InvariantCulture, $"- Not measured: {missing}\n");
        if (findings.Mix.Count > 0)
            AppendMix(text);
        if (findings.Overload.Count > 0)
            AppendOverload(text);
        if (findings.Tasks.Count > 0)
            AppendTasks(text);
        return text.ToString();
    }

    /// <summary>Where another server does better than Knot, in a sentence for each server and measure.</summary>
    public IEnumerable<string> Losses()
    {
        foreach (var (_, value, moreIsBetter, better) in s_measures)
        {
            foreach (string rival in Servers().Where(server => server != Ours))
            {
                var ahead = Clients().Select(clients => (Clients: clients, Times: Ahead(rival, clients, value, moreIsBetter))).Where(one => one.Times >= Notable).ToList();
                if (ahead.Count > 0)
                    yield return $"**{rival}** {better} {Ours} with {string.Join(", ", ahead.Select(one => Text($"{one.Clients:N0} ({one.Times:0.00}x)")))} client{(ahead is [{ Clients: 1 }] ? "" : "s")}.";
            }
        }
    }

    private void AppendMix(StringBuilder text)
    {
        text.Append("\n### The servers\n\n");
        foreach (var (name, setup) in findings.Setups)
            text.Append(CultureInfo.InvariantCulture, $"- **{name}**: {setup}.\n");
        text.Append("\n### Throughput and fairness\n\n");
        text.Append(Picture("servers-throughput", "requests a second over clients")).Append(Picture("servers-fairness", "Jain's fairness index over clients"));
        text.Append("\n### Response time\n\n");
        text.Append(Picture("servers-response", "the 99th percentile of the response time over clients")).Append(Picture("servers-distribution", "which share of the requests was answered within which time"));
        text.Append("\n### Who is ahead\n\n").Append(Leaders());
        text.Append("\nWhere others do better than Knot by 3 % or more:\n\n");
        var losses = Losses().ToList();
        foreach (string loss in losses)
            text.Append(CultureInfo.InvariantCulture, $"- {loss}\n");
        if (losses.Count == 0)
            text.Append(Servers().Contains(Ours) ? "- No other server does.\n" : "- Knot was not measured.\n");
        text.Append("\n### At maximum throughput\n\nThis table has the form of figure 7 of the Tame paper. It shows each server with the number of clients at which it answered most requests.\n\n").Append(MixTable.AtMaximum(findings.Mix));
        text.Append("\n### All numbers\n\n").Append(MixTable.All(findings.Mix));
        if (Limited() is { Length: > 0 } limited)
            text.Append(CultureInfo.InvariantCulture, $"\nIn these rows, the load generator used its whole core, and the server did not. The server may be faster there: {limited}.\n");
    }

    private string Leaders()
    {
        var text = new StringBuilder($"| clients | {string.Join(" | ", s_measures.Select(measure => measure.Name))} | least fair, Jain |\n|---|{string.Concat(s_measures.Select(_ => "---|"))}---|\n");
        foreach (int clients in Clients())
        {
            var points = findings.Mix.Where(point => point.Clients == clients && point.RequestsPerSecond > 0).ToList();
            if (points.Count == 0)
                continue;
            var leaders = s_measures.Select(measure =>
            {
                var best = measure.MoreIsBetter ? points.MaxBy(measure.Value)! : points.MinBy(measure.Value)!;
                string ours = best.Server != Ours && Ahead(best.Server, clients, measure.Value, measure.MoreIsBetter) is > 0 and var times ? Text($" ({times:0.00}x {Ours})") : "";
                return $"{best.Server} {MixTable.Number(measure.Value(best))}{ours}";
            });
            var least = points.MinBy(point => point.Fairness)!;
            text.Append(CultureInfo.InvariantCulture, $"| {clients:N0} | {string.Join(" | ", leaders)} | {least.Server} {least.Fairness:0.000} |\n");
        }
        return text.ToString();
    }

    private void AppendOverload(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n### Overload\n\nClients request Haboob's bottleneck page at constant rates. Without control, it answers at most {MixTable.Number(findings.PeakPerSecond)} requests a second. The target of its 90th percentile is {findings.TargetMilliseconds:0} ms.\n\n");
        text.Append(Picture("servers-overload-throughput", "admitted requests a second over the offered load")).Append(Picture("servers-overload-response", "the 90th percentile of requests that are not refused over the offered load"));
        text.Append('\n').Append(OverloadTable.All(findings.Overload)).Append('\n');
        foreach (string verdict in OverloadTable.Verdicts(findings))
            text.Append(CultureInfo.InvariantCulture, $"- {verdict}\n");
    }

    private void AppendTasks(StringBuilder text)
    {
        text.Append("\n### A thread for each task, and a loop for all\n\n");
        text.Append("Each task waits for 10 ms, then reads 8 KB of a file in the system's memory and adds the bytes up. All tasks share one core. A thread has a stack of 128 KB. ");
        text.Append("SEDA's slides begin with this picture.\n\n");
        text.Append(Picture("servers-tasks-throughput", "tasks a second over tasks at a time")).Append(Picture("servers-tasks-response", "response time over tasks at a time"));
        text.Append("\n| tasks at a time | side | tasks/s | mean ms | p50 ms | p99 ms | RSS MB | VSZ MB |\n|---|---|---|---|---|---|---|---|\n");
        foreach (var point in findings.Tasks.OrderBy(point => point.Tasks))
        {
            string numbers = point.Failed is { } why ? $"{why} | | | | | " : string.Join(" | ", ((double[])[point.PerSecond, point.Mean, point.P50, point.P99, point.ResidentMegabytes, point.VirtualMegabytes]).Select(MixTable.Number));
            text.Append(CultureInfo.InvariantCulture, $"| {point.Tasks:N0} | {point.Side} | {numbers} |\n");
        }
    }

    private string Limited() => string.Join(", ", findings.Mix.Where(point => point.LoadBusy > 0.95 && point.ServerBusy < 0.9).Select(point => Text($"{point.Server} with {point.Clients:N0}")));

    private List<string> Servers() => [.. findings.Mix.Select(point => point.Server).Distinct()];

    private List<int> Clients() => [.. findings.Mix.Select(point => point.Clients).Distinct().Order()];

    /// <summary>How many times better a server is than Knot; 0 where one of them was not measured.</summary>
    private double Ahead(string rival, int clients, Func<MixPoint, double> value, bool moreIsBetter)
    {
        double? Of(string server) => findings.Mix.Where(point => point.Server == server && point.Clients == clients && point.RequestsPerSecond > 0).Select(point => (double?)value(point)).FirstOrDefault();
        return (Of(rival), Of(Ours)) is ({ } other and > 0, { } ours and > 0) ? (moreIsBetter ? other / ours : ours / other) : 0;
    }

    /// <summary>A picture for light pages and for dark ones.</summary>
    private static string Picture(string name, string alternative) =>
        $"<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"images/{name}-dark.png\"><img alt=\"{alternative}\" src=\"images/{name}-light.png\"></picture>\n";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

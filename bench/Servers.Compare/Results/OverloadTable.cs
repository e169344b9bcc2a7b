using System.Globalization;
using System.Text;
using Tame.Comparison.Overload;

namespace Tame.Comparison.Results;

/// <summary>The table of the overload run, and what it shows.</summary>
internal static class OverloadTable
{
    public static string All(IReadOnlyList<OverloadPoint> points)
    {
        var text = new StringBuilder("| load | controllers | offered/s | admitted/s | 503/s | p50 ms | p90 ms | p99 ms | max ms | p90 from sent | p99 of 503 | Jain | failed | not sent |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var point in points)
        {
            double[] numbers =
            [
                point.OfferedPerSecond, point.AdmittedPerSecond, point.RefusedPerSecond, point.Milliseconds.P50, point.Milliseconds.P90, point.Milliseconds.P99, point.Milliseconds.Max, point.SentP90, point.RefusedP99,
            ];
            text.Append(CultureInfo.InvariantCulture, $"| {point.Load:0.##}x{(point.IsAfter ? ", afterwards" : "")} | {point.Variant} | {string.Join(" | ", numbers.Select(MixTable.Number))} | {point.Fairness:0.000} | {MixTable.Number(point.Failed)} | {MixTable.Number(point.Unsent)} |\n");
        }
        return text.ToString();
    }

    private static string Missing(OverloadPoint point)
    {
        string reasons = point.Failed == 0 ? "" : $" ({string.Join(", ", point.Failures.Select(failure => $"{failure.Key}: {MixTable.Number(failure.Value)}"))})";
        return $"{MixTable.Number(point.Failed)} requests failed{reasons}, and {MixTable.Number(point.Unsent)} were due but not sent when the time was over";
    }

    /// <summary>What the highest rate and the time after it show, for each variant.</summary>
    public static IEnumerable<string> Verdicts(Findings findings)
    {
        foreach (string variant in (string[])[OverloadRun.With, OverloadRun.Without])
        {
            var points = findings.Overload.Where(point => point.Variant == variant).ToList();
            if (points.Where(point => !point.IsAfter).MaxBy(point => point.Load) is not { } high)
                continue;
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"At {high.Load:0.#} times the peak {variant}: requests that are not refused have a 90th percentile of {MixTable.Number(high.Milliseconds.P90)} ms ({high.Milliseconds.P90 / findings.TargetMilliseconds:0.00}x the target); throughput is {high.AdmittedPerSecond / findings.PeakPerSecond:0 %} of the peak; Jain's index over admitted requests is {high.Fairness:0.000}; {Missing(high)}.");
            if (points.FirstOrDefault(point => point.IsAfter) is { } after)
                yield return string.Create(CultureInfo.InvariantCulture, $"Right after that, at {after.Load:0.#} times the peak {variant}: the 90th percentile is {MixTable.Number(after.Milliseconds.P90)} ms, and {MixTable.Number(after.RefusedPerSecond)} requests a second are refused.");
        }
    }
}

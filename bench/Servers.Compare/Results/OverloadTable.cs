using System.Globalization;
using System.Text;
using Tame.Comparison.Overload;

namespace Tame.Comparison.Results;

/// <summary>The table of the overload run, and what it shows.</summary>
internal static class OverloadTable
{
    public static string All(IReadOnlyList<OverloadPoint> points)
    {
        var text = new StringBuilder("| load | controllers | offered/s | admitted/s | 503/s | p50 ms | p90 ms | p99 ms | max ms | p90 from sent | p99 of 503 | Jain | unanswered |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var point in points)
        {
            double[] numbers =
            [
                point.OfferedPerSecond, point.AdmittedPerSecond, point.RefusedPerSecond, point.Milliseconds.P50, point.Milliseconds.P90, point.Milliseconds.P99, point.Milliseconds.Max, point.SentP90, point.RefusedP99,
            ];
            text.Append(CultureInfo.InvariantCulture, $"| {point.Load:0.##}x{(point.IsAfter ? ", afterwards" : "")} | {point.Variant} | {string.Join(" | ", numbers.Select(MixTable.Number))} | {point.Fairness:0.000} | {MixTable.Number(point.Unanswered)} |\n");
        }
        return text.ToString();
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
                $"At {high.Load:0.#} times the peak {variant}: requests that are not refused have a 90th percentile of {MixTable.Number(high.Milliseconds.P90)} ms ({high.Milliseconds.P90 / findings.TargetMilliseconds:0.00}x the target); throughput is {high.AdmittedPerSecond / findings.PeakPerSecond:0 %} of the peak; Jain's index over admitted requests is {high.Fairness:0.000}; {MixTable.Number(high.Unanswered)} requests have no answer.");
            if (points.FirstOrDefault(point => point.IsAfter) is { } after)
                yield return string.Create(CultureInfo.InvariantCulture, $"Right after that, at {after.Load:0.#} times the peak {variant}: the 90th percentile is {MixTable.Number(after.Milliseconds.P90)} ms, and {MixTable.Number(after.RefusedPerSecond)} requests a second are refused.");
        }
    }
}

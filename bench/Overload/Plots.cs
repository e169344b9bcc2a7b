using ScottPlot;
using Tame.Benchmarks;

namespace Tame.Overload;

/// <summary>Throughput and response time over the load, for a light and a dark page.</summary>
internal static class Plots
{
    private const int Width = 900, Height = 420;

    public static void Draw(string folder, Dictionary<Variant, List<Outcome>> outcomes)
    {
        Directory.CreateDirectory(folder);
        foreach (var theme in PlotTheme.All)
        {
            Draw(Path.Join(folder, $"overload-throughput-{theme.Name}.png"), theme, "Answered requests per second", outcome => outcome.Throughput, outcomes);
            Draw(Path.Join(folder, $"overload-latency-{theme.Name}.png"), theme, "Response time, 99th percentile, in seconds", outcome => outcome.Latency, outcomes);
        }
    }

    private static void Draw(string file, PlotTheme theme, string title, Func<Outcome, double> value, Dictionary<Variant, List<Outcome>> outcomes)
    {
        using var plot = new Plot();
        foreach (var (variant, place) in Variant.All.Select((variant, place) => (variant, place)))
            theme.Add(plot, variant.Name, place, outcomes[variant].ConvertAll(outcome => outcome.Load).ToArray(), outcomes[variant].ConvertAll(value.Invoke).ToArray());
        plot.Title(title);
        plot.XLabel("offered load, as a multiple of what the disk can serve");
        plot.Axes.SetLimitsY(0, 1.1 * outcomes.Values.SelectMany(runs => runs).Max(value));
        theme.Dress(plot, Edge.Bottom);
        plot.SavePng(file, Width, Height);
    }
}

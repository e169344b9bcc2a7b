using ScottPlot;
using Tame.Benchmarks;

namespace Tame.Overload;

/// <summary>Throughput and response time over the load, for a light and a dark page.</summary>
internal static class Plots
{
    private const int Width = 900, Height = 420;

    /// <param name="folder">The folder of the files.</param>
    /// <param name="name">The beginning of their names.</param>
    /// <param name="runs">The runs of a variant.</param>
    public static void Draw(string folder, string name, Func<Variant, IReadOnlyList<Outcome>> runs)
    {
        Directory.CreateDirectory(folder);
        foreach (var theme in PlotTheme.All)
        {
            Draw(Path.Join(folder, $"{name}-throughput-{theme.Name}.png"), theme, "Answered requests per second", run => run.Throughput, runs);
            Draw(Path.Join(folder, $"{name}-latency-{theme.Name}.png"), theme, "Response time, 99th percentile, in seconds", run => run.Latency, runs);
        }
    }

    private static void Draw(string file, PlotTheme theme, string title, Func<Outcome, double> value, Func<Variant, IReadOnlyList<Outcome>> runs)
    {
        using var plot = new Plot();
        foreach (var (variant, place) in Variant.All.Select((variant, place) => (variant, place)))
            theme.Add(plot, variant.Name, place, [.. runs(variant).Select(run => run.Load)], [.. runs(variant).Select(value)]);
        plot.Title(title);
        plot.XLabel("offered load, as a multiple of what the disk can serve");
        plot.Axes.SetLimitsY(0, 1.1 * Variant.All.SelectMany(runs).Max(value));
        theme.Dress(plot, Edge.Bottom);
        plot.SavePng(file, Width, Height);
    }
}

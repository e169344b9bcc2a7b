using ScottPlot;
using Tame.Benchmarks;
using Tame.Overload.Memory;

namespace Tame.Overload;

/// <summary>Throughput and response time over the load, for a light and a dark page.</summary>
internal static class Plots
{
    private const int Width = 900, Height = 420;

    /// <summary>Of simulated pages.</summary>
    public static void Draw(string folder, Dictionary<Variant, List<Outcome>> outcomes) =>
        Draw(folder, "overload", outcomes.ToDictionary(pair => pair.Key, pair => pair.Value.ConvertAll(run => new Point(run.Load, run.Throughput, run.Latency))));

    /// <summary>Of real memory.</summary>
    public static void Draw(string folder, Dictionary<Variant, List<MemoryOutcome>> outcomes) =>
        Draw(folder, "overload-memory", outcomes.ToDictionary(pair => pair.Key, pair => pair.Value.ConvertAll(run => new Point(run.Load, run.Throughput, run.Latency))));

    private static void Draw(string folder, string name, Dictionary<Variant, List<Point>> points)
    {
        Directory.CreateDirectory(folder);
        foreach (var theme in PlotTheme.All)
        {
            Draw(Path.Join(folder, $"{name}-throughput-{theme.Name}.png"), theme, "Answered requests per second", point => point.Throughput, points);
            Draw(Path.Join(folder, $"{name}-latency-{theme.Name}.png"), theme, "Response time, 99th percentile, in seconds", point => point.Latency, points);
        }
    }

    private static void Draw(string file, PlotTheme theme, string title, Func<Point, double> value, Dictionary<Variant, List<Point>> points)
    {
        using var plot = new Plot();
        foreach (var (variant, place) in Variant.All.Select((variant, place) => (variant, place)))
            theme.Add(plot, variant.Name, place, points[variant].ConvertAll(point => point.Load).ToArray(), points[variant].ConvertAll(value.Invoke).ToArray());
        plot.Title(title);
        plot.XLabel("offered load, as a multiple of what the disk can serve");
        plot.Axes.SetLimitsY(0, 1.1 * points.Values.SelectMany(runs => runs).Max(value));
        theme.Dress(plot, Edge.Bottom);
        plot.SavePng(file, Width, Height);
    }

    /// <summary>What a plot shows of a run.</summary>
    private readonly record struct Point(double Load, double Throughput, double Latency);
}

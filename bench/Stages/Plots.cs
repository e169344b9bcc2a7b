using ScottPlot;
using ScottPlot.Panels;
using ScottPlot.TickGenerators;
using Tame.Benchmarks;

namespace Tame.Stages.Responses;

/// <summary>The responses of the controllers over time, for a light and a dark page.</summary>
internal static class Plots
{
    private const int Width = 900, Height = 720;

    public static void Draw(string folder, Dictionary<string, Trial> threads, Dictionary<string, Trial> batches, Dictionary<string, Trial> overload)
    {
        DrawThreads(folder, "stages-threads", threads);
        foreach (var theme in PlotTheme.All)
        {
            Draw(Path.Join(folder, $"stages-batches-{theme.Name}.png"), theme, batches, new Panel("Largest batch", moment => moment.BatchSize), new Panel("Items per second", moment => moment.Answered));
            Draw(
                Path.Join(folder, $"stages-overload-{theme.Name}.png"),
                theme,
                overload,
                new Panel("Response time, 90th percentile, in seconds", moment => moment.Response) { IsLogarithmic = true },
                new Panel("Answers within a second, per second", moment => moment.InTime));
        }
    }

    public static void DrawThreads(string folder, string name, Dictionary<string, Trial> threads)
    {
        Directory.CreateDirectory(folder);
        foreach (var theme in PlotTheme.All)
            Draw(Path.Join(folder, $"{name}-{theme.Name}.png"), theme, threads, new Panel("Threads", moment => moment.Threads), new Panel("Waiting items", moment => moment.QueueLength));
    }

    private static void Draw(string file, PlotTheme theme, Dictionary<string, Trial> trials, Panel above, Panel below)
    {
        var plots = new Multiplot();
        plots.AddPlots(2);
        Fill(plots.GetPlot(0), theme, trials, above);
        Fill(plots.GetPlot(1), theme, trials, below);
        // One legend is enough for both.
        foreach (var legend in plots.GetPlot(0).Axes.GetPanels().OfType<LegendPanel>().ToList())
            plots.GetPlot(0).Axes.Remove(legend);
        plots.GetPlot(1).XLabel("seconds");
        plots.SavePng(file, Width, Height);
    }

    private static void Fill(Plot plot, PlotTheme theme, Dictionary<string, Trial> trials, Panel panel)
    {
        double highest = 0, last = 0;
        foreach (var ((name, trial), place) in trials.Select((trial, place) => (trial, place)))
        {
            var moments = trial.Moments.Where(moment => !double.IsNaN(moment.Response)).ToList();
            double[] values = [.. moments.Select(panel.Value)];
            (highest, last) = (Math.Max(highest, values.Max()), moments[^1].At);
            theme.Add(plot, name, place, [.. moments.Select(moment => moment.At)], panel.IsLogarithmic ? Array.ConvertAll(values, Math.Log10) : values).MarkerSize = 0;
        }
        plot.Title(panel.Title);
        plot.Axes.SetLimits(0, last, panel.IsLogarithmic ? -2.2 : 0, panel.IsLogarithmic ? 1.2 : 1.1 * highest);
        if (panel.IsLogarithmic)
            plot.Axes.Left.TickGenerator = new NumericManual([-2, -1, Math.Log10(0.5), 0, 1], ["0.01", "0.1", "target: 0.5", "1", "10"]);
        plot.Axes.Bottom.TickGenerator = new NumericFixedInterval(10);
        plot.Axes.Left.MinimumSize = plot.Axes.Left.MaximumSize = 80;
        plot.Axes.Right.MinimumSize = 20;
        theme.Dress(plot, Edge.Bottom);
    }

    /// <summary>One of the two plots of a picture.</summary>
    private sealed record Panel(string Title, Func<Moment, double> Value)
    {
        public bool IsLogarithmic { get; init; }
    }
}

using ScottPlot;

namespace Tame.Overload;

/// <summary>Throughput and response time over the load, for a light and a dark page.</summary>
internal static class Plots
{
    private const int Width = 900, Height = 420;

    private sealed record Theme(string Name, string Background, string Text, string Grid, string[] Lines);

    private static readonly Theme[] s_themes =
    [
        new("light", "#ffffff", "#24292f", "#d8dee4", ["#bc4c00", "#1a7f37", "#0969da"]),
        new("dark", "#0d1117", "#e6edf3", "#30363d", ["#f0883e", "#3fb950", "#58a6ff"]),
    ];

    public static void Draw(string folder, Dictionary<Variant, List<Outcome>> outcomes)
    {
        Directory.CreateDirectory(folder);
        foreach (var theme in s_themes)
        {
            Draw(Path.Join(folder, $"overload-throughput-{theme.Name}.png"), theme, "Answered requests per second", outcome => outcome.Throughput, outcomes);
            Draw(Path.Join(folder, $"overload-latency-{theme.Name}.png"), theme, "Response time, 99th percentile, in seconds", outcome => outcome.Latency, outcomes);
        }
    }

    private static void Draw(string file, Theme theme, string title, Func<Outcome, double> value, Dictionary<Variant, List<Outcome>> outcomes)
    {
        using var plot = new Plot();
        foreach (var (variant, color) in Variant.All.Zip(theme.Lines))
            Add(plot, outcomes[variant], value, color, variant.Name);
        plot.Title(title);
        plot.XLabel("offered load, as a multiple of what the disk can serve");
        plot.Axes.SetLimitsY(0, 1.1 * outcomes.Values.SelectMany(runs => runs).Max(value));
        plot.Font.Set("DejaVu Sans");
        plot.FigureBackground.Color = plot.DataBackground.Color = Color.FromHex(theme.Background);
        plot.Axes.Color(Color.FromHex(theme.Text));
        plot.Grid.MajorLineColor = Color.FromHex(theme.Grid);
        var legend = plot.ShowLegend(Edge.Bottom).Legend;
        (legend.BackgroundColor, legend.FontColor, legend.OutlineColor, legend.ShadowColor) =
            (Color.FromHex(theme.Background), Color.FromHex(theme.Text), Color.FromHex(theme.Background), Colors.Transparent);
        plot.SavePng(file, Width, Height);
    }

    private static void Add(Plot plot, List<Outcome> outcomes, Func<Outcome, double> value, string color, string name)
    {
        var line = plot.Add.Scatter(outcomes.ConvertAll(outcome => outcome.Load).ToArray(), outcomes.ConvertAll(value.Invoke).ToArray());
        line.Color = Color.FromHex(color);
        (line.LineWidth, line.MarkerSize, line.LegendText) = (2.5f, 8, name);
    }
}

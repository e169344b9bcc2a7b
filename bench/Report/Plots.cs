using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Tame.Benchmarks;

/// <summary>The two curves that matter most, each for a light and a dark page, as PNG and as SVG.</summary>
internal static class Plots
{
    private const int Width = 900, Height = 480;

    private sealed record Theme(string Name, string Background, string Text, string Grid, string[] Lines);

    // Light and dark of the same hues: blue, orange, green.
    private static readonly Theme[] s_themes =
    [
        new("light", "#ffffff", "#24292f", "#d8dee4", ["#0969da", "#bc4c00", "#1a7f37"]),
        new("dark", "#0d1117", "#e6edf3", "#30363d", ["#58a6ff", "#f0883e", "#3fb950"]),
    ];

    public static void Draw(string folder, IReadOnlyList<Measurement> measured, IReadOnlyList<Measurement> grown)
    {
        Directory.CreateDirectory(folder);
        Draw(folder, "event-cost", "What a wait costs", "waits outstanding", "ns", [.. grown.Where(m => m.Row == "ping" && m.Metric == "ns")]);
        Draw(folder, "knot-throughput", "A file of 1 KB, one core for the server", "connections", "requests/s", [.. measured.Where(m => m.Row == "knot-1k" && m.Metric == "requests/s")]);
    }

    private static void Draw(string folder, string name, string title, string x, string y, IReadOnlyList<Measurement> points)
    {
        if (points.Count == 0) return;
        foreach (var theme in s_themes)
        {
            using var plot = new Plot();
            Dress(plot, theme, title, x, y, points);
            plot.SavePng(Path.Join(folder, $"{name}-{theme.Name}.png"), Width, Height);
            plot.SaveSvg(Path.Join(folder, $"{name}-{theme.Name}.svg"), Width, Height);
        }
    }

    private static void Dress(Plot plot, Theme theme, string title, string x, string y, IReadOnlyList<Measurement> points)
    {
        foreach (var (line, index) in points.GroupBy(m => m.Side).Select((line, index) => (line, index)))
        {
            var sorted = line.OrderBy(m => m.At).ToList();
            var scatter = plot.Add.Scatter(sorted.ConvertAll(m => Math.Log10(m.At)).ToArray(), sorted.ConvertAll(m => m.Value).ToArray());
            scatter.Color = Color.FromHex(theme.Lines[index % theme.Lines.Length]);
            (scatter.LineWidth, scatter.MarkerSize, scatter.LegendText) = (2.5f, 8, line.Key);
        }

        var ticks = points.Select(m => m.At).Distinct().Order().ToList();
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            ticks.ConvertAll(at => Math.Log10(at)).ToArray(), ticks.ConvertAll(at => at.ToString("N0", CultureInfo.InvariantCulture)).ToArray());
        plot.Axes.Left.TickGenerator = new NumericAutomatic { LabelFormatter = value => value.ToString("N0", CultureInfo.InvariantCulture) };
        plot.Axes.SetLimitsY(0, 1.1 * points.Max(m => m.Value));
        plot.Title(title);
        plot.XLabel(x);
        plot.YLabel(y);
        plot.FigureBackground.Color = plot.DataBackground.Color = Color.FromHex(theme.Background);
        plot.Axes.Color(Color.FromHex(theme.Text));
        plot.Grid.MajorLineColor = Color.FromHex(theme.Grid);
        var legend = plot.ShowLegend(Edge.Right).Legend;
        (legend.BackgroundColor, legend.FontColor, legend.OutlineColor, legend.ShadowColor) =
            (Color.FromHex(theme.Background), Color.FromHex(theme.Text), Color.FromHex(theme.Background), Colors.Transparent);
        legend.FontSize = 14;
    }
}

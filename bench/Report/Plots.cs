using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Tame.Benchmarks;

/// <summary>The two curves that matter most, each for a light and a dark page, as PNG and as SVG.</summary>
internal static class Plots
{
    private const int Width = 900, Height = 480;

    private static readonly double[] s_steps = [1, 2, 5];

    public static void Draw(string folder, IReadOnlyList<Measurement> measured)
    {
        Directory.CreateDirectory(folder);
        Draw(folder, "event-cost", "What a wait costs", "waits outstanding", "ns", true, [.. measured.Where(m => m.Row == Table.Curve + "ping" && m.Metric == "ns")]);
        Draw(folder, "knot-throughput", "A file of 1 KB, one core for the server", "connections", "requests/s", false, [.. measured.Where(m => m.Row == "knot-1k" && m.Metric == "requests/s")]);
    }

    private static void Draw(string folder, string name, string title, string x, string y, bool ratios, IReadOnlyList<Measurement> points)
    {
        if (points.Count == 0) return;
        foreach (var theme in PlotTheme.All)
        {
            using var plot = new Plot();
            Dress(plot, theme, ratios, points);
            plot.Title(title);
            plot.XLabel(x);
            plot.YLabel(y);
            plot.SavePng(Path.Join(folder, $"{name}-{theme.Name}.png"), Width, Height);
            var svg = plot.GetSvgXml(Width, Height).Replace($"\"{PlotTheme.Font}\"", $"\"{PlotTheme.Font}, Verdana, sans-serif\"", StringComparison.Ordinal);
            File.WriteAllText(Path.Join(folder, $"{name}-{theme.Name}.svg"), svg);
        }
    }

    /// <param name="ratios">Whether as far up means as many times as much.</param>
    private static void Dress(Plot plot, PlotTheme theme, bool ratios, IReadOnlyList<Measurement> points)
    {
        foreach (var (line, index) in points.GroupBy(m => m.Side).Select((line, index) => (line, index)))
        {
            var sorted = line.OrderBy(m => m.At).ToList();
            theme.Add(plot, line.Key, index, sorted.ConvertAll(m => Math.Log10(m.At)).ToArray(), sorted.ConvertAll(m => ratios ? Math.Log10(m.Value) : m.Value).ToArray());
        }

        var ticks = points.Select(m => m.At).Distinct().Order().ToList();
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            ticks.ConvertAll(at => Math.Log10(at)).ToArray(), ticks.ConvertAll(at => at.ToString("N0", CultureInfo.InvariantCulture)).ToArray());
        Scale(plot, ratios, points.Min(m => m.Value), points.Max(m => m.Value));
        theme.Dress(plot, Edge.Right).FontSize = 14;
    }

    private static void Scale(Plot plot, bool ratios, double least, double most)
    {
        if (!ratios)
        {
            plot.Axes.Left.TickGenerator = new NumericAutomatic { LabelFormatter = Text };
            plot.Axes.SetLimitsY(0, 1.1 * most);
            return;
        }

        var (bottom, top) = (Math.Floor(Math.Log10(least)), Math.Log10(1.5 * most));
        var ticks = Enumerable.Range((int)bottom, (int)top - (int)bottom + 1).SelectMany(power => s_steps.Select(step => step * Math.Pow(10, power))).ToArray();
        plot.Axes.Left.TickGenerator = new NumericManual([.. ticks.Select(Math.Log10)], [.. ticks.Select(Text)]);
        plot.Axes.SetLimitsY(bottom, top);
    }

    private static string Text(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}

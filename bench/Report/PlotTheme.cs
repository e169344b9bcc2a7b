using ScottPlot;
using ScottPlot.Plottables;

namespace Tame.Benchmarks;

/// <summary>The colors of a plot for a light or a dark page. Light and dark of the same hues: blue, orange, green, violet, red, teal, gray.</summary>
internal sealed record PlotTheme(string Name, string Background, string Text, string Grid, string[] Lines)
{
    /// <summary>A free one; Verdana, which others have in its place, is as wide.</summary>
    public const string Font = "DejaVu Sans";

    public static readonly PlotTheme[] All =
    [
        new("light", "#ffffff", "#24292f", "#d8dee4", ["#0969da", "#bc4c00", "#1a7f37", "#8250df", "#cf222e", "#0f8b8d", "#6e7781"]),
        new("dark", "#0d1117", "#e6edf3", "#30363d", ["#58a6ff", "#f0883e", "#3fb950", "#bc8cff", "#ff7b72", "#39c5cf", "#8b949e"]),
    ];

    /// <summary>Adds a line in the color of that place.</summary>
    public Scatter Add(Plot plot, string name, int place, double[] xs, double[] ys)
    {
        var line = plot.Add.Scatter(xs, ys);
        line.Color = Color.FromHex(Lines[place % Lines.Length]);
        (line.LineWidth, line.MarkerSize, line.LegendText) = (2.5f, 8, name);
        return line;
    }

    /// <summary>Draws a dashed line across, with a word at its end.</summary>
    public void Mark(Plot plot, double height, string word)
    {
        var line = plot.Add.HorizontalLine(height);
        (line.Color, line.LineWidth, line.LinePattern, line.LegendText) = (Color.FromHex(Text), 1.5f, LinePattern.Dashed, word);
    }

    /// <summary>Colors the page, axes, grid and legend.</summary>
    public Legend Dress(Plot plot, Edge legendAt)
    {
        plot.Font.Set(Font);
        plot.FigureBackground.Color = plot.DataBackground.Color = Color.FromHex(Background);
        plot.Axes.Color(Color.FromHex(Text));
        plot.Grid.MajorLineColor = Color.FromHex(Grid);
        var legend = plot.ShowLegend(legendAt).Legend;
        (legend.BackgroundColor, legend.FontColor, legend.OutlineColor, legend.ShadowColor) =
            (Color.FromHex(Background), Color.FromHex(Text), Color.FromHex(Background), Colors.Transparent);
        return legend;
    }
}

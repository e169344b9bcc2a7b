using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using Tame.Benchmarks;
using Tame.Comparison.Servers;

namespace Tame.Comparison.Results;

/// <summary>The pictures of the page, each for a light and a dark one.</summary>
internal static class Pictures
{
    private const int Width = 900, Height = 480;
    private static readonly double[] s_steps = [1, 2, 5];

    public static void Draw(string folder, Findings found)
    {
        Directory.CreateDirectory(folder);
        var mix = Lines(found.Mix, point => point.Server, point => point.Clients);
        var served = Lines(found.Mix.Where(point => point.RequestsPerSecond > 0), point => point.Server, point => point.Clients);
        Draw(folder, new Picture("servers-throughput", "Requests per second", "clients", mix(point => point.RequestsPerSecond)));
        Draw(folder, new Picture("servers-fairness", "Jain's fairness index over the requests of each client", "clients", served(point => point.Fairness)) { Top = 1.05 });
        Draw(folder, new Picture("servers-response", "Response time, 99th percentile, in milliseconds", "clients", served(point => point.Milliseconds.P99)) { HasRatios = true });
        DrawDistribution(folder, found.Mix);
        var tasks = Lines(found.Tasks.Where(point => point.Failed is null), point => point.Side, point => point.Tasks);
        Draw(folder, new Picture("servers-tasks-throughput", "Tasks per second, on one core", "tasks at a time", tasks(point => point.PerSecond)));
        Draw(folder, new Picture("servers-tasks-response", "Response time of a task, on average, in milliseconds", "tasks at a time", tasks(point => point.Mean)) { HasRatios = true });
        var overload = Lines(found.Overload.Where(point => !point.IsAfter), point => point.Variant, point => point.Load);
        Draw(folder, new Picture("servers-overload-throughput", "Admitted requests per second", "offered load, as a multiple of the peak", overload(point => point.AdmittedPerSecond)));
        Draw(folder, new Picture("servers-overload-response", "Response time of requests that are not refused, 90th percentile, in milliseconds", "offered load, as a multiple of the peak", overload(point => point.Milliseconds.P90)) { HasRatios = true, Mark = found.TargetMilliseconds, MarkText = "target" });
    }

    /// <summary>Lines by name, of points by place.</summary>
    private static Func<Func<T, double>, List<Line>> Lines<T>(IEnumerable<T> points, Func<T, string> name, Func<T, double> place)
    {
        var groups = points.GroupBy(name).ToList();
        return value => [.. groups.Select(line => new Line(line.Key, [.. line.OrderBy(place).Select(point => (place(point), value(point)))]))];
    }

    /// <summary>The share of requests that were answered within a time, with the number of clients that is nearest to that of SEDA's slides.</summary>
    private static void DrawDistribution(string folder, IReadOnlyList<MixPoint> points)
    {
        int clients = points.Select(point => point.Clients).Distinct().OrderBy(number => Math.Abs(Math.Log(number / 1000.0))).FirstOrDefault();
        var lines = points.Where(point => point.Clients == clients && point.Distribution.Length == MixPoint.Shares.Length)
            .Select(point => new Line(point.Server, [.. point.Distribution.Select((time, i) => (Math.Max(time, 0.01), MixPoint.Shares[i]))])).ToList();
        string title = string.Create(CultureInfo.InvariantCulture, $"Requests that are answered within a time, in per cent, with {clients:N0} clients");
        Draw(folder, new Picture("servers-distribution", title, "milliseconds", lines) { Top = 105, HasMarkers = false, HasPowers = true });
    }

    private static void Draw(string folder, Picture picture)
    {
        if (picture.HasRatios)
            picture = picture with { Lines = [.. picture.Lines.Select(line => line with { Points = [.. line.Points.Where(point => point.Y > 0)] })] };     // which have logarithms
        if (picture.Lines.All(line => line.Points.Count == 0))
            return;
        foreach (var theme in PlotTheme.All)
        {
            using var plot = new Plot();
            foreach (var (line, i) in picture.Lines.Select((line, i) => (line, i)))
            {
                var drawn = theme.Add(plot, line.Name, Place(line.Name, i), [.. line.Points.Select(point => Math.Log10(point.X))], [.. line.Points.Select(point => picture.HasRatios ? Math.Log10(point.Y) : point.Y)]);
                drawn.MarkerSize = picture.HasMarkers ? 8 : 0;
            }
            Scale(plot, picture);
            if (picture.Mark > 0)
                theme.Mark(plot, picture.HasRatios ? Math.Log10(picture.Mark) : picture.Mark, picture.MarkText);
            plot.Title(picture.Title);
            plot.XLabel(picture.X);
            theme.Dress(plot, Edge.Right).FontSize = 14;
            plot.SavePng(Path.Join(folder, $"{picture.Name}-{theme.Name}.png"), Width, Height);
        }
    }

    /// <summary>A server has the same color in each picture and run.</summary>
    private static int Place(string name, int otherwise) => Array.IndexOf(AllServers.Names, name) is >= 0 and var place ? place : otherwise;

    private static void Scale(Plot plot, Picture picture)
    {
        var all = picture.Lines.SelectMany(line => line.Points).ToList();
        double left = all.Min(point => point.X), right = all.Max(point => point.X);
        var at = picture.HasPowers ? Powers(left, right).Where(tick => tick >= left / 2 && tick <= right * 2).ToList() : [.. all.Select(point => point.X).Distinct().Order()];
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. at.Select(Math.Log10)], [.. at.Select(Text)]);
        double least = Math.Min(all.Min(point => point.Y), picture.Mark > 0 ? picture.Mark : double.MaxValue), most = Math.Max(all.Max(point => point.Y), picture.Mark);
        if (!picture.HasRatios)
        {
            plot.Axes.Left.TickGenerator = new NumericAutomatic { LabelFormatter = Text };
            plot.Axes.SetLimitsY(0, picture.Top ?? 1.1 * most);
            return;
        }
        var ticks = Powers(least, most);
        plot.Axes.Left.TickGenerator = new NumericManual([.. ticks.Select(Math.Log10)], [.. ticks.Select(Text)]);
        plot.Axes.SetLimitsY(Math.Log10(least / 1.5), Math.Log10(most * 1.5));
    }

    /// <summary>1, 2, 5, 10 and so on; where there would be many, powers of ten alone.</summary>
    private static List<double> Powers(double least, double most)
    {
        int bottom = (int)Math.Floor(Math.Log10(least)), top = (int)Math.Ceiling(Math.Log10(most));
        double[] steps = top - bottom > 3 ? [1] : s_steps;
        return [.. Enumerable.Range(bottom, top - bottom + 1).SelectMany(power => steps.Select(step => step * Math.Pow(10, power)))];
    }

    private static string Text(double value) => value.ToString("#,0.###", CultureInfo.InvariantCulture);

    private sealed record Line(string Name, List<(double X, double Y)> Points);

    /// <summary>A picture over a logarithmic axis.</summary>
    private sealed record Picture(string Name, string Title, string X, List<Line> Lines)
    {
        /// <summary>As far up means as many times as much.</summary>
        public bool HasRatios { get; init; }

        public double? Top { get; init; }

        public bool HasMarkers { get; init; } = true;

        /// <summary>Ticks below are powers of ten, not the places of the points.</summary>
        public bool HasPowers { get; init; }

        /// <summary>A line across, where it is above 0.</summary>
        public double Mark { get; init; }

        public string MarkText { get; init; } = "";
    }
}

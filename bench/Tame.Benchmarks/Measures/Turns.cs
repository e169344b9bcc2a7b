using System.Diagnostics;
using Tame.Benchmarks.Rows;

namespace Tame.Benchmarks;

/// <summary>The sides of a row in turns, so that what the rest of the machine does falls on all of them; the median of the turns.</summary>
internal static class Turns
{
    /// <summary>Long enough for the runtime to compile what is hot a second time.</summary>
    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(400);

    private static readonly int[] s_points = [1, 10, 1_000, 100_000];

    /// <summary>The sides of a row, or only one of them.</summary>
    public static IEnumerable<Measurement> Measure(Row row, int turns, TimeSpan turn, string? only = null, bool isWarm = false)
    {
        var sides = row.Sides().Where(side => only is null || side.Key == only).Select(side => (side.Key, side.Value, Taken: new List<(double Ns, double Bytes)>())).ToList();
        foreach (var (_, run, _) in sides) Take(row, run, isWarm ? s_warmUp / 4 : s_warmUp);
        for (var i = 0; i < turns; i++)
            foreach (var (_, run, taken) in sides)
                taken.Add(Take(row, run, turn));
        foreach (var (name, _, taken) in sides)
        {
            yield return new Measurement(Row.NameOf(row.GetType()), name, row.Outstanding, "ns", Median(taken.Select(t => t.Ns)));
            yield return new Measurement(Row.NameOf(row.GetType()), name, row.Outstanding, "bytes", Math.Round(Median(taken.Select(t => t.Bytes))));
        }
    }

    /// <summary>How a row's cost grows: a point for each number of outstanding waits. Only the first needs a long warm-up.</summary>
    public static IEnumerable<Measurement> Grow(Type type, Effort effort) =>
        s_points.Where(outstanding => outstanding <= Row.Make(type).MostOutstanding).SelectMany(outstanding =>
        {
            var row = Row.Make(type);
            row.Outstanding = outstanding;
            row.Operations = Math.Max(row.Operations, 4 * outstanding);
            return Measure(row, effort.PointTurns, effort.PointTurn, isWarm: outstanding != s_points[0]);
        });

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 != 0 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }

    private static (double Ns, double Bytes) Take(Row row, Action run, TimeSpan turn)
    {
        GC.Collect();
        var (clock, times, bytes) = (Stopwatch.StartNew(), 0L, GC.GetTotalAllocatedBytes(precise: true));
        do
        {
            run();
            times += row.Operations;
        }
        while (clock.Elapsed < turn);

        var ns = clock.Elapsed.TotalNanoseconds;
        return (ns / times, (double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / times);
    }
}

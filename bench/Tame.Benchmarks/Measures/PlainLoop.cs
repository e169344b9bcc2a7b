using System.Diagnostics;
using System.Globalization;
using Tame.Benchmarks.Rows;

namespace Tame.Benchmarks;

/// <summary>One side of one row again and again, with nothing around it, for a profiler to look at.</summary>
internal static class PlainLoop
{
    private const string Ours = "tame";

    /// <summary>Each row, with its sides.</summary>
    public static IEnumerable<string> Names =>
        Row.All.Select(type => $"{Row.NameOf(type)}: {string.Join(' ', Row.Make(type).Sides().Keys)}");

    public static int Run(string name, string[] rest)
    {
        if (Find(name) is not var (row, side))
        {
            Console.Error.WriteLine($"There is no row {name}.\n{string.Join('\n', Names)}");
            return 1;
        }

        var seconds = rest.Length > 0 ? double.Parse(rest[0], CultureInfo.InvariantCulture) : 5;
        if (rest.Length > 1)
        {
            row.Outstanding = int.Parse(rest[1], CultureInfo.InvariantCulture);
            row.Operations = Math.Max(row.Operations, row.Outstanding);
        }

        // A second of a number of them, so that a slow start and what the rest of the machine does can be told apart.
        for (var end = Stopwatch.StartNew(); end.Elapsed.TotalSeconds < seconds;)
        {
            var (clock, times, bytes) = (Stopwatch.StartNew(), 0L, GC.GetTotalAllocatedBytes());
            for (; clock.Elapsed.TotalSeconds < 1; times += row.Operations) side();
            var ns = clock.Elapsed.TotalNanoseconds / times;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {ns:0.00} ns, {(double)(GC.GetTotalAllocatedBytes() - bytes) / times:0.00} B"));
        }

        return 0;
    }

    private static (Row Row, Action Side)? Find(string name)
    {
        foreach (var type in Row.All)
        {
            var row = Row.Make(type);
            var wanted = name == Row.NameOf(type) ? Ours : name.StartsWith(Row.NameOf(type) + "-", StringComparison.Ordinal) ? name[(Row.NameOf(type).Length + 1)..] : "";
            if (row.Sides().TryGetValue(wanted, out var side)) return (row, side);
        }

        return null;
    }
}

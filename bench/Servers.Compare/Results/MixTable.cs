using System.Globalization;
using System.Text;

namespace Tame.Comparison.Results;

/// <summary>Tables of the mix.</summary>
internal static class MixTable
{
    private static readonly (string Name, Func<MixPoint, string> Value)[] s_columns =
    [
        ("requests/s", point => Number(point.RequestsPerSecond)),
        ("Mbit/s", point => Number(point.MegabitsPerSecond)),
        ("p50 ms", point => Number(point.Milliseconds.P50)),
        ("p90 ms", point => Number(point.Milliseconds.P90)),
        ("p99 ms", point => Number(point.Milliseconds.P99)),
        ("p99.9 ms", point => Number(point.Milliseconds.P999)),
        ("max ms", point => Number(point.Milliseconds.Max)),
        ("Jain", point => point.Fairness.ToString("0.000", CultureInfo.InvariantCulture)),
        ("us/request", point => Number(point.ProcessorMicroseconds)),
        ("server's core", point => Percent(point.ServerBusy)),
        ("load's core", point => Percent(point.LoadBusy)),
        ("RSS MB", point => Number(point.ResidentMegabytes)),
        ("threads", point => Number(point.Threads)),
        ("errors", point => Number(point.Errors)),
    ];

    /// <summary>A row for each server and number of clients.</summary>
    public static string All(IReadOnlyList<MixPoint> points)
    {
        var text = new StringBuilder($"| clients | server | {string.Join(" | ", s_columns.Select(column => column.Name))} |\n|---|---|{string.Concat(s_columns.Select(_ => "---|"))}\n");
        foreach (var point in points.OrderBy(point => point.Clients))
            text.Append(CultureInfo.InvariantCulture, $"| {point.Clients:N0} | {point.Server} | {string.Join(" | ", s_columns.Select(column => column.Value(point)))} |\n");
        return text.ToString();
    }

    /// <summary>A column for each server, at its own maximum.</summary>
    public static string AtMaximum(IReadOnlyList<MixPoint> points)
    {
        var best = points.GroupBy(point => point.Server).Select(line => line.MaxBy(point => point.RequestsPerSecond)!).ToList();
        (string, Func<MixPoint, string>)[] rows =
        [
            ("Clients", point => Number(point.Clients)),
            ("Throughput (connections/s)", point => Number(point.ConnectionsPerSecond)),
            ("Throughput (requests/s)", point => Number(point.RequestsPerSecond)),
            ("Number of threads", point => Number(point.Threads)),
            ("Number of processes", point => Number(point.Processes)),
            ("Physical memory (MB)", point => Number(point.ResidentMegabytes)),
            ("Physical memory, shared pages divided (MB)", point => Number(point.ProportionalMegabytes)),
            ("Virtual memory (MB)", point => Number(point.VirtualMegabytes)),
        ];
        var text = new StringBuilder($"| | {string.Join(" | ", best.Select(point => point.Server))} |\n|---|{string.Concat(best.Select(_ => "---|"))}\n");
        foreach (var (name, value) in rows)
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", best.Select(value))} |\n");
        return text.ToString();
    }

    /// <summary>Three digits, more only of what is larger.</summary>
    public static string Number(double value) => value switch
    {
        0 => "0",
        < 10 => value.ToString("0.##", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };

    private static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);
}

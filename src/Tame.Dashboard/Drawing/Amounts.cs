using System.Globalization;

namespace Tame.Dashboards.Drawing;

/// <summary>Formats amounts for people, with three digits.</summary>
internal static class Amounts
{
    public static string Nanoseconds(double value) => Math.Abs(value) switch
    {
        < 1e3 => $"{Digits(value)} ns",
        < 1e6 => $"{Digits(value / 1e3)} µs",
        < 1e9 => $"{Digits(value / 1e6)} ms",
        _ => $"{Digits(value / 1e9)} s",
    };

    /// <summary>The time that a call has waited, which is accurate to a few milliseconds.</summary>
    public static string Time(TimeSpan time) =>
        time.TotalMilliseconds < 1 ? "under 1 ms" : time.TotalMinutes < 1 ? Nanoseconds(time.TotalNanoseconds) : time.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s") : string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours} h {time.Minutes} min");

    public static string Bytes(double value) => Math.Abs(value) switch
    {
        < 1e3 => $"{Digits(value)} B",
        < 1e6 => $"{Digits(value / 1e3)} kB",
        < 1e9 => $"{Digits(value / 1e6)} MB",
        _ => $"{Digits(value / 1e9)} GB",
    };

    public static string Digits(double value) => Math.Abs(value) switch
    {
        < 0.0005 => "0",
        >= 100 => value.ToString("#,##0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    public static string Calls(long count) => count == 1 ? "1 call" : $"{Digits(count)} calls";
}

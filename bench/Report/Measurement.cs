using System.Globalization;

namespace Tame.Benchmarks;

/// <summary>One number, as the parts of the report hand it to each other: a line of five fields with tabs between them.</summary>
/// <param name="Row">What is measured.</param>
/// <param name="Side">Who is measured.</param>
/// <param name="At">How much was outstanding, or how many connections were open; for a row without such a number, 0.</param>
/// <param name="Metric">Name and unit: <c>ns</c>, <c>bytes</c>, <c>requests/s</c>.</param>
/// <param name="Value">The number.</param>
internal readonly record struct Measurement(string Row, string Side, int At, string Metric, double Value)
{
    /// <summary>Reads a line; null where it is none of ours, as when a tool talks beside the numbers.</summary>
    public static Measurement? Parse(string line) =>
        line.Split('\t') is [var row, var side, var at, var metric, var value]
        && int.TryParse(at, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
        && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            ? new Measurement(row, side, number, metric, amount)
            : null;

    /// <summary>The line that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Row}\t{Side}\t{At}\t{Metric}\t{Value:R}");
}

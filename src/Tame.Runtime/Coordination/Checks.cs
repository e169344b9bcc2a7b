using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>Rejects numbers and times that are out of range, with a message that says what to do.</summary>
internal static class Checks
{
    public static int AtLeast(int least, int value, string advice, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, value, advice);

    public static int Between(int least, int most, int value, string advice, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, advice);

    /// <summary>Also rejects NaN.</summary>
    public static double Between(double least, double most, double value, string advice, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, advice);

    public static TimeSpan NotNegative(TimeSpan value, string advice, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(name, value, advice);
}

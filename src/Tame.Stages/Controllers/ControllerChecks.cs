using System.Runtime.CompilerServices;

namespace Tame.Stages;

/// <summary>Refuses options that are out of range, with a message that says what to do.</summary>
internal static class ControllerChecks
{
    public static int Between(int least, int most, int value, string advice, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, advice);

    /// <summary>Also refuses NaN.</summary>
    public static double Between(double least, double most, double value, string advice, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, advice);

    /// <summary>Also refuses zero; a day is the maximum.</summary>
    public static TimeSpan Positive(TimeSpan value, string advice, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > TimeSpan.Zero && value <= TimeSpan.FromDays(1) ? value : throw new ArgumentOutOfRangeException(name, value, advice);

    /// <summary>Refuses a pair of options in which the first is above the second.</summary>
    public static void InOrder(double low, string lowName, double high, string highName)
    {
        if (low > high)
            throw new ArgumentOutOfRangeException(lowName, low, $"{lowName} is above {highName}, which is {high}. Lower it, or set a higher {highName}.");
    }
}

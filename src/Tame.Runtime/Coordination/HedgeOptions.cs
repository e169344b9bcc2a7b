namespace Tame;

/// <summary>When a <see cref="Hedge"/> starts further tries, and how many.</summary>
public sealed record HedgeOptions
{
    /// <summary>
    /// How long the newest try may take before the next one starts beside it; two seconds by default. Zero starts all tries at once.
    /// <see cref="Timeout.InfiniteTimeSpan"/> starts the next one only when one has failed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite.</exception>
    public TimeSpan Delay
    {
        get;
        init => field = value == Timeout.InfiniteTimeSpan
            ? value
            : Checks.NotNegative(value, "Set a time that is not negative, or Timeout.InfiniteTimeSpan to start a try only when one has failed.");
    } = TimeSpan.FromSeconds(2);

    /// <summary>How many tries there are at most, with the first; two by default, at least one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int MaxTries
    {
        get;
        init => field = Checks.AtLeast(1, value, "Set at least one try: the first counts.");
    } = 2;
}

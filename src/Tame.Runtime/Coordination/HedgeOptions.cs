namespace Tame;

/// <summary>When a <see cref="Hedge"/> starts further tries, and how many.</summary>
public sealed record HedgeOptions
{
    /// <summary>
    /// How long the newest try may take before the next one also starts. The default is two seconds. Zero starts all tries at once.
    /// <see cref="Timeout.InfiniteTimeSpan"/> starts the next try only after a failure.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite.</exception>
    public TimeSpan Delay
    {
        get;
        init => field = value == Timeout.InfiniteTimeSpan
            ? value
            : Checks.NotNegative(value, "Set a time that is not negative, or Timeout.InfiniteTimeSpan to start a try only when one has failed.");
    } = TimeSpan.FromSeconds(2);

    /// <summary>The maximum number of tries, including the first. The default is two; the minimum is one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int MaxTries
    {
        get;
        init => field = Checks.AtLeast(1, value, "Set at least one try: the first counts.");
    } = 2;
}

namespace Tame;

/// <summary>How often a <see cref="Retry"/> tries, and how long it waits between two tries.</summary>
/// <remarks>
/// After try n the wait is <see cref="Delay"/> times <see cref="Factor"/> to the power of n - 1, but at most <see cref="MaxDelay"/>. Part of the wait is
/// random, so that clients that failed together do not retry together: see <see cref="Jitter"/>.
/// </remarks>
public sealed record RetryOptions
{
    private const string TimeAdvice = "Set a time that is not negative.";

    /// <summary>
    /// The maximum number of tries, including the first. The default is four; the minimum is one. <see cref="int.MaxValue"/> repeats until one succeeds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int MaxTries
    {
        get;
        init => field = Checks.AtLeast(1, value, "Set at least one try: the first counts.");
    } = 4;

    /// <summary>The wait after the first try, before jitter. The default is 200 ms.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan Delay
    {
        get;
        init => field = Checks.NotNegative(value, TimeAdvice);
    } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait. The default is 30 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan MaxDelay
    {
        get;
        init => field = Checks.NotNegative(value, TimeAdvice);
    } = TimeSpan.FromSeconds(30);

    /// <summary>The factor by which each wait is longer than the previous one. The default is two; the minimum is one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one, infinite, or NaN.</exception>
    public double Factor
    {
        get;
        init => field = Checks.Between(1, double.MaxValue, value, "Set a factor of one, for equal waits, or more.");
    } = 2;

    /// <summary>
    /// The part of a wait that is random, from 0 to 1. The default is 0.5. With 0, each wait is as long as computed. With 0.5, it is from half of that to all
    /// of it. With 1, it is from nothing to all of it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 0 to 1.</exception>
    public double Jitter
    {
        get;
        init => field = Checks.Between(0, 1, value, "Set a part from 0, for no jitter, to 1.");
    } = 0.5;

    /// <summary>The source of jitter. The default is <see cref="Random.Shared"/>. A test can set one with a seed. It is used on the loop's thread.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Random Random
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = Random.Shared;

    /// <summary>
    /// Decides whether a failure is worth another try. By default, every failure is, except an <see cref="OperationCanceledException"/>. It runs on the loop's
    /// thread, and not for the failure of the last try. If it throws, its exception is the failure of the retry.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Func<Exception, bool> ShouldRetry
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = static error => error is not OperationCanceledException;

    /// <summary>The wait after the given number of tries.</summary>
    internal TimeSpan WaitAfter(int tries)
    {
        double longest = Math.Min(Delay.Ticks * Math.Pow(Factor, tries - 1), MaxDelay.Ticks);
        // Zero times infinity is NaN.
        double ticks = Delay == TimeSpan.Zero ? 0 : longest * (1 - Jitter * Random.NextDouble());
        return ticks >= MaxDelay.Ticks ? MaxDelay : TimeSpan.FromTicks((long)ticks);
    }
}

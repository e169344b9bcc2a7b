namespace Tame.Stages;

/// <summary>The options of a <see cref="ThreadPoolController"/>.</summary>
public sealed record ThreadPoolOptions
{
    /// <summary>The values of SEDA's code: at most one new thread in eight seconds, a threshold of 1,000 items, and threads that end after a second without work.</summary>
    public static ThreadPoolOptions Paper { get; } = new() { Period = TimeSpan.FromSeconds(8) };

    /// <summary>How often the stage calls the controller, and so how fast threads are added and removed; 200 ms by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, or longer than a day.</exception>
    public TimeSpan Period
    {
        get;
        init => field = ControllerChecks.Positive(value, "Set a period from above zero to a day.");
    } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The number of waiting items at which a thread is added; 1,000 by default. In a queue of less than twice this capacity, half of the capacity counts, because such a
    /// queue would rarely or never be this long.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int Threshold
    {
        get;
        init => field = ControllerChecks.Between(1, int.MaxValue, value, "Set a threshold of at least one item.");
    } = 1000;

    /// <summary>The smallest number of threads; one by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int Min
    {
        get;
        init => field = ControllerChecks.Between(1, int.MaxValue, value, "Set at least one thread: a stage without one does nothing.");
    } = 1;

    /// <summary>The largest number of threads; 20 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int Max
    {
        get;
        init => field = ControllerChecks.Between(1, int.MaxValue, value, "Set at least one thread: a stage without one does nothing.");
    } = 20;

    /// <summary>How long a thread must be idle to be removed; a second by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, or longer than a day.</exception>
    public TimeSpan IdleTime
    {
        get;
        init => field = ControllerChecks.Positive(value, "Set a time from above zero to a day.");
    } = TimeSpan.FromSeconds(1);
}

namespace Tame.Stages;

/// <summary>The options of an <see cref="OverloadController"/>: the targets, how response time is measured, and how the rate of admission follows from it.</summary>
public sealed record OverloadOptions
{
    private const string Factor = "Set a factor from 0 to 1000.";
    private const string RateAdvice = "Set a rate above zero, in requests per second.";

    /// <summary>
    /// The values of SEDA's code, for comparison. They add 0.5 requests per second at a time, so that it takes minutes to reach hundreds, and they halve the rate while requests of the old
    /// rate are still being answered.
    /// </summary>
    public static OverloadOptions Paper { get; } = new()
    {
        Gain = 0,
        Window = TimeSpan.FromSeconds(1),
        Smoothing = 0.7,
        Low = 0.9,
        High = 1.2,
        InitialRate = 10,
        MinRate = 0.05,
        MaxRate = 5000,
        Depth = 10,
    };

    /// <summary>
    /// The response time at which the controller holds the <see cref="Percentile"/>, for each class of requests, the most important class first; one class with a target of one
    /// second by default.
    /// </summary>
    /// <exception cref="ArgumentNullException">The list is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The list is empty, or a time is not positive or longer than a day.</exception>
    public IReadOnlyList<TimeSpan> Targets
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count == 0)
                throw new ArgumentOutOfRangeException(nameof(value), 0, "Set a target for at least one class of requests.");
            field = [.. value.Select(target => ControllerChecks.Positive(target, "Set targets from above zero to a day.", nameof(value)))];
        }
    } = [TimeSpan.FromSeconds(1)];

    /// <summary>The share of the requests whose response time should be within the target; 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 0.01 to 1.</exception>
    public double Percentile
    {
        get;
        init => field = ControllerChecks.Between(0.01, 1, value, "Set a share from 0.01 to 1, such as 0.9 for the 90th percentile.");
    } = 0.9;

    /// <summary>The number of latest response times from which the percentile is taken; 100 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 1 to 100,000.</exception>
    public int Samples
    {
        get;
        init => field = ControllerChecks.Between(1, 100_000, value, "Set from 1 to 100,000 samples.");
    } = 100;

    /// <summary>
    /// After this time the percentile is taken from fewer response times, if there are any; null, the default, for half of the target. It is one second in the paper.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, or longer than a day.</exception>
    public TimeSpan? Window
    {
        get;
        init => field = value is { } window ? ControllerChecks.Positive(window, "Set a window from above zero to a day.", nameof(value)) : null;
    }

    /// <summary>The weight of earlier measurements against the latest window, from 0 to 0.99; 0.3 by default, 0.7 in the paper.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 0 to 0.99.</exception>
    public double Smoothing
    {
        get;
        init => field = ControllerChecks.Between(0, 0.99, value, "Set a weight from 0, which follows each window, to 0.99.");
    } = 0.3;

    /// <summary>A response time below this multiple of its target lets the rate rise; 1 by default, 0.9 in the paper.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 0 to 1000.</exception>
    public double Low
    {
        get;
        init => field = ControllerChecks.Between(0, 1000, value, Factor);
    } = 1;

    /// <summary>A response time above this multiple of its target lowers the rate; 1 by default, 1.2 in the paper.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 0 to 1000.</exception>
    public double High
    {
        get;
        init => field = ControllerChecks.Between(0, 1000, value, Factor);
    } = 1;

    /// <summary>
    /// How strongly the rate follows the distance of the response time from its target; 0.5 by default. A larger value reaches the target sooner, but oscillates more. With 0 the rule is the
    /// paper's: <see cref="Increase"/> is added, or the rate is divided by <see cref="Divisor"/>, regardless of the distance.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 0 to 1.</exception>
    public double Gain
    {
        get;
        init => field = ControllerChecks.Between(0, 1, value, "Set a gain from 0, for the paper's rule, to 1.");
    } = 0.5;

    /// <summary>The step that is added to the rate if <see cref="Gain"/> is zero, in requests per second; 0.5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or infinite.</exception>
    public double Increase
    {
        get;
        init => field = ControllerChecks.Between(0, double.MaxValue, value, "Set an increase that is not negative, in requests per second.");
    } = 0.5;

    /// <summary>The largest divisor of the rate in one step; 2 by default. Until the target is first exceeded, also the largest factor.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 1 to 1000.</exception>
    public double Divisor
    {
        get;
        init => field = ControllerChecks.Between(1, 1000, value, "Set a divisor from 1 to 1000.");
    } = 2;

    /// <summary>The rate of each class at the start, in requests per second; 100 by default, 10 in the paper.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive, or infinite.</exception>
    public double InitialRate
    {
        get;
        init => field = Rate(value);
    } = 100;

    /// <summary>The lowest rate of each class, in requests per second; 1 by default, 0.05 in the paper. The controller admits this many requests even if the answers are very slow.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive, or infinite.</exception>
    public double MinRate
    {
        get;
        init => field = Rate(value);
    } = 1;

    /// <summary>The highest rate of each class, in requests per second; a million by default, 5,000 in the paper.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive, or infinite.</exception>
    public double MaxRate
    {
        get;
        init => field = Rate(value);
    } = 1_000_000;

    /// <summary>
    /// The number of requests of a class that are admitted at once after a time without requests; null, the default, for as many as the rate admits in a tenth of the target, and at
    /// least ten.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one, or infinite.</exception>
    public double? Depth
    {
        get;
        init => field = value is { } depth ? ControllerChecks.Between(1, double.MaxValue, depth, "Set a depth of at least one request.", nameof(value)) : null;
    }

    /// <summary>The longest time that a refused client is asked to wait; 30 seconds by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, or longer than a day.</exception>
    public TimeSpan MaxRetryAfter
    {
        get;
        init => field = ControllerChecks.Positive(value, "Set a time from above zero to a day.");
    } = TimeSpan.FromSeconds(30);

    private static double Rate(double value) => ControllerChecks.Between(double.Epsilon, double.MaxValue, value, RateAdvice);
}

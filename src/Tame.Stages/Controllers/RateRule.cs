namespace Tame.Stages;

/// <summary>Computes the rate of admission from the response time. Decision 0046 has the reasons.</summary>
internal static class RateRule
{
    // If the rate is above the rate of answers by this factor, the queue fills. A smaller difference may be chance.
    private const double Filling = 1.25;

    /// <summary>The next rate, before it is limited to its bounds.</summary>
    /// <param name="options">The options of the rule.</param>
    /// <param name="seen">What was measured.</param>
    /// <param name="excess">The response time as a multiple of the target.</param>
    public static double Next(OverloadOptions options, in RateMeasurement seen, double excess) =>
        options.Gain == 0 ? ByConstants(options, seen.Rate, excess) : ByCompletions(options, seen, excess);

    /// <summary>The paper's rule: additive increase, multiplicative decrease.</summary>
    private static double ByConstants(OverloadOptions options, double rate, double excess) =>
        excess < options.Low ? rate + options.Increase : excess > options.High ? rate / options.Divisor : rate;

    /// <summary>Sets the rate near the rate of answers, which is the rate that can be admitted. A slightly higher or lower rate fills or drains the queue until the response time is the target.</summary>
    private static double ByCompletions(OverloadOptions options, in RateMeasurement seen, double excess)
    {
        double fitting = seen.Completions * (1 + options.Gain / (1 + seen.Sluggishness) * (1 - excess));
        double slowed = Math.Max(fitting, Least(options, seen));
        // While the rate is not the limit, the load does not test a higher one.
        if (!seen.IsLimited)
            return excess > options.High ? Math.Min(seen.Rate, slowed) : seen.Rate;
        if (excess > options.High)
            return slowed;
        // Far below the target the rate grows fast, until more is admitted than is answered. Then the queue fills, which the response time shows later.
        if (excess < options.Low / 2)
            return seen.Rate > seen.LastCompletions * Filling ? seen.Rate : Math.Max(seen.Rate, seen.LastCompletions * options.Divisor);
        if (excess >= options.Low)
            fitting = seen.Completions;
        return seen.IsLimitedForLong ? fitting : Math.Max(seen.Rate, fitting);
    }

    /// <summary>
    /// The lower limit of the rate, however slow the answers are. While nothing is refused, few answers mean few requests, one of which may be slow by chance.
    /// </summary>
    private static double Least(OverloadOptions options, in RateMeasurement seen) =>
        (seen.IsLimited ? seen.Completions : Math.Max(seen.Rate, seen.Completions)) / options.Divisor;
}

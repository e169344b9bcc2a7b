namespace Tame.Stages.Responses;

/// <summary>
/// A stage with more to do than it can, whose work has a cost for each batch and one for each item. A batch costs as much as twenty items; from the thirtieth second to
/// the sixtieth as much as two.
/// </summary>
internal static class BatchTrials
{
    /// <summary>What it would handle in batches without an end, in items per second.</summary>
    public const double Limit = 10_000;

    /// <summary>The lengths of the three parts, in seconds.</summary>
    public const double Part = 30;

    private static readonly TimeSpan s_item = TimeSpan.FromSeconds(1 / Limit);

    /// <summary>Runs the three parts.</summary>
    public static Trial Run(BatchOptions options)
    {
        var stage = new TrialOptions
        {
            Work = (now, items) => s_item * (items + Overhead(now.TotalSeconds)),
            Capacity = 20_000,
            BatchSize = options.Max,
            Batching = new BatchController(options),
        };
        return new Trial(_ => 1.2 * Limit, stage, TimeSpan.FromSeconds(3 * Part)).Run();
    }

    /// <summary>What a batch costs at a time, in items.</summary>
    public static double Overhead(double seconds) => seconds is >= Part and < 2 * Part ? 2 : 20;

    /// <summary>The smallest batch with so large a share of the throughput of the largest one, at a time.</summary>
    public static double Knee(double share, double seconds, int largest)
    {
        double best = share * largest / (largest + Overhead(seconds));
        return best * Overhead(seconds) / (1 - best);
    }
}

namespace Tame.Stages.Responses;

/// <summary>What a stage meets, and when it is looked at.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Load">The load as a multiple of the peak.</param>
/// <param name="Change">When it changes, in seconds. It is looked at from five seconds after this or after the stall on, and from ten times the target.</param>
internal sealed record OverloadCase(string Name, double Load, double Change)
{
    public static readonly OverloadCase[] All =
    [
        new("cold start at 10x", 10, 0),
        new("steady at 1.2x", 1.2, 0),
        new("3x slower at 10x", 10, 15) { IsSlowAfter = true },
        new("fast again at 10x", 10, 15) { IsSlowBefore = true },
        new("after 3 s of stall", 10, 15) { Stall = 3 },
    ];

    public static readonly OverloadTrials[] Stages =
    [
        OverloadTrials.Default,
        new(200, TimeSpan.FromSeconds(0.2)),
        new(1000, TimeSpan.FromSeconds(0.05)),
        new(20_000, TimeSpan.FromSeconds(0.05)),
        new(100, TimeSpan.FromSeconds(1)),
    ];

    private bool IsSlowBefore { get; init; }

    private bool IsSlowAfter { get; init; }

    /// <summary>How long the stage stalls at the change, in seconds.</summary>
    private double Stall { get; init; }

    /// <summary>The 90th percentile as a multiple of the target, and the throughput as a share of the peak that the stage has at that time.</summary>
    public (double Response, double Throughput) Run(OverloadTrials trials)
    {
        double Slowness(TimeSpan now) => (now.TotalSeconds < Change ? IsSlowBefore : IsSlowAfter) ? 3 : 1;
        double from = Change + Stall + Math.Max(5, 10 * trials.Target.TotalSeconds), to = from + 15;
        var trial = (trials with { Slowness = Slowness, Stall = (Change, Change + Stall) }).Run(_ => Load, to);
        double peak = trials.Peak / Slowness(TimeSpan.FromSeconds(from));
        return (trial.Response(from, to) / trials.Target.TotalSeconds, trial.Throughput(from, to) / peak);
    }
}

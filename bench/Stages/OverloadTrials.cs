namespace Tame.Stages.Responses;

/// <summary>A stage at loads far above what it can serve.</summary>
/// <param name="Peak">What it can serve, in requests per second.</param>
/// <param name="Target">The target of the 90th percentile.</param>
internal sealed record OverloadTrials(double Peak, TimeSpan Target)
{
    private const int Threads = 8;

    /// <summary>A thousand requests per second, and half a second.</summary>
    public static OverloadTrials Default { get; } = new(1000, TimeSpan.FromSeconds(0.5));

    /// <summary>How many clients there are.</summary>
    public int Clients { get; init; } = 100;

    /// <summary>The share of the requests that are of the first class; the others are of a second one, with twice the target.</summary>
    public double FirstClass { get; init; } = 1;

    /// <summary>The numbers of the controller; null for a stage without one, which has its bounded queue alone.</summary>
    public OverloadOptions? Control { get; init; } = new OverloadOptions();

    /// <summary>By what the work takes longer at a time.</summary>
    public Func<TimeSpan, double> Slowness { get; init; } = static _ => 1;

    /// <summary>From when until when the stage stalls, in seconds.</summary>
    public (double From, double Until) Stall { get; init; } = (1e6, 1e6);

    /// <summary>Half of the peak, ten times the peak from the tenth second to the fortieth, and half of it again.</summary>
    public Trial RunStep() => Run(now => now.TotalSeconds is >= 10 and < 40 ? 10 : 0.5, 60);

    /// <summary>Runs a load, as a multiple of the peak, for some seconds.</summary>
    public Trial Run(Func<TimeSpan, double> load, double seconds)
    {
        var service = new Service
        {
            Mean = TimeSpan.FromSeconds(Threads / Peak),
            Slowness = Slowness,
            Stall = (TimeSpan.FromSeconds(Stall.From), TimeSpan.FromSeconds(Stall.Until)),
        };
        var options = new TrialOptions
        {
            Work = (now, _) => service.Next(now),
            Capacity = (int)(10 * Peak),
            Threads = Threads,
            Admission = Control is null ? null : new OverloadController(Control with { Targets = [Target, 2 * Target] }),
        };
        return new Trial(now => Peak * load(now), options, TimeSpan.FromSeconds(seconds)) { Clients = Clients, FirstClass = FirstClass, Patience = 2 * Target }.Run();
    }
}

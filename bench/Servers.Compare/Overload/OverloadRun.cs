using System.Net;
using System.Text;
using Tame.Comparison.Mix;
using Tame.Comparison.Results;
using Tame.Load;

namespace Tame.Comparison.Overload;

/// <summary>What is offered, and for how long.</summary>
/// <param name="Loads">The rates, as multiples of the peak.</param>
/// <param name="Duration">How long requests count at each rate.</param>
/// <param name="AtHighest">How long they count at the highest. Fairness needs several admitted requests of each client.</param>
/// <param name="Interval">How often a client asks. It is longer than a request should take, so that a client that waits does not hold up the rate.</param>
internal sealed record OverloadPlan(IReadOnlyList<double> Loads, TimeSpan Duration, TimeSpan AtHighest, TimeSpan Interval);

/// <summary>Offers the bottleneck page at constant rates that do not care how the server fares: below what it can serve, far above, and below again.</summary>
/// <param name="run">Puts a load on the server and waits for its end.</param>
/// <param name="plan">The rates.</param>
internal sealed class OverloadRun(Func<LoadOptions, LoadResult> run, OverloadPlan plan)
{
    /// <summary>The page that takes processor time and memory.</summary>
    public const string Page = "/bottleneck";

    public const string With = "with its controllers", Without = "without control";

    private const int PeakClients = 16, LeastClients = 64, MostClients = 4000;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>What the server answers a second where each of a few clients asks when it has its answer. Measure it without control, which would turn clients away.</summary>
    public double Peak(EndPoint server) => PerSecond(run(Options(server) with { Clients = PeakClients, WarmUp = plan.Duration / 2 }));

    /// <summary>Measures each rate, and last the lowest one once more.</summary>
    /// <param name="variant">What the points are called.</param>
    /// <param name="server">Where it listens.</param>
    /// <param name="peak">What it answers at most, a second.</param>
    /// <param name="begin">Told of each rate before it is offered, and how long it is.</param>
    public IEnumerable<OverloadPoint> Measure(string variant, EndPoint server, double peak, Action<string, TimeSpan> begin)
    {
        foreach (double load in plan.Loads)
            yield return At(variant, server, peak, load, isAfter: false, begin);
        // The first requests count here: service is to be normal again at once.
        yield return At(variant, server, peak, plan.Loads.Min(), isAfter: true, begin);
    }

    private OverloadPoint At(string variant, EndPoint server, double peak, double load, bool isAfter, Action<string, TimeSpan> begin)
    {
        var options = Options(server) with { WarmUp = isAfter ? TimeSpan.Zero : plan.Duration / 4, Duration = load == plan.Loads.Max() ? plan.AtHighest : plan.Duration };
        begin($"overload, {variant}, {load:0.##} times the peak{(isAfter ? ", after the highest rate" : "")}", options.WarmUp + options.Duration);
        double rate = peak * load;
        var seen = run(options with { Rate = rate, Clients = (int)Math.Clamp(rate * plan.Interval.TotalSeconds, LeastClients, MostClients) });
        var times = seen.Admitted.Latency;
        times.Add(seen.Waiting);
        return new OverloadPoint
        {
            Variant = variant,
            Load = load,
            IsAfter = isAfter,
            OfferedPerSecond = rate,
            AdmittedPerSecond = PerSecond(seen),
            RefusedPerSecond = seen.Statuses.GetValueOrDefault(503) / seen.Duration.TotalSeconds,
            Milliseconds = MixRun.Times(times),
            SentP90 = MixRun.At(seen.Admitted.Service, 90),
            RefusedP99 = MixRun.At(seen.TurnedAway.Service, 99),
            Fairness = seen.Admitted.Count == 0 ? 0 : seen.Admitted.Fairness,
            Failures = seen.Failures,
            Unsent = seen.Unsent,
        };
    }

    private LoadOptions Options(EndPoint server) => new()
    {
        Server = server,
        Requests = [Encoding.ASCII.GetBytes($"GET {Page} HTTP/1.1\r\nHost: {server}\r\n\r\n")],
        RequestsPerConnection = 5,
        Duration = plan.Duration,
        Timeout = s_timeout,
    };

    private static double PerSecond(LoadResult seen) => seen.Arrived / seen.Duration.TotalSeconds;
}

using System.Net;
using System.Text;
using Tame.Comparison.Mix;
using Tame.Comparison.Results;
using Tame.Load;

namespace Tame.Comparison.Overload;

/// <summary>Offers the bottleneck page at constant rates that do not care how the server fares: below what it can serve, far above, and below again.</summary>
/// <param name="run">Puts a load on the server and waits for its end.</param>
/// <param name="loads">The rates, as multiples of the peak.</param>
/// <param name="duration">How long requests count at each rate.</param>
internal sealed class OverloadRun(Func<LoadOptions, LoadResult> run, IReadOnlyList<double> loads, TimeSpan duration)
{
    /// <summary>The page that takes processor time and memory.</summary>
    public const string Page = "/bottleneck";

    public const string With = "with its controllers", Without = "without control";

    private const int PeakClients = 16, LeastClients = 64, MostClients = 4000;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>What the server answers a second where each of a few clients asks when it has its answer. Measure it without control, which would turn clients away.</summary>
    public double Peak(EndPoint server) => PerSecond(run(Options(server) with { Clients = PeakClients, WarmUp = duration / 2 }));

    /// <summary>Measures each rate, and last the lowest one once more.</summary>
    /// <param name="variant">What the points are called.</param>
    /// <param name="server">Where it listens.</param>
    /// <param name="peak">What it answers at most, a second.</param>
    /// <param name="begin">Told of each rate before it is offered.</param>
    public IEnumerable<OverloadPoint> Measure(string variant, EndPoint server, double peak, Action<string> begin)
    {
        foreach (double load in loads)
            yield return At(variant, server, peak, load, isAfter: false, begin);
        // The first requests count here: service is to be normal again at once.
        yield return At(variant, server, peak, loads.Min(), isAfter: true, begin);
    }

    private OverloadPoint At(string variant, EndPoint server, double peak, double load, bool isAfter, Action<string> begin)
    {
        begin($"overload, {variant}, {load:0.0#} times the peak{(isAfter ? ", after the highest rate" : "")}");
        double rate = peak * load;
        var seen = run(Options(server) with
        {
            Rate = rate,
            Clients = (int)Math.Clamp(rate, LeastClients, MostClients),     // a client asks about once a second, so that one that waits does not hold up the rate
            WarmUp = isAfter ? TimeSpan.Zero : duration / 4,
        });
        double seconds = duration.TotalSeconds;
        var times = seen.Admitted.Latency;
        times.Add(seen.Waiting);
        return new OverloadPoint
        {
            Variant = variant,
            Load = load,
            IsAfter = isAfter,
            OfferedPerSecond = rate,
            AdmittedPerSecond = PerSecond(seen),
            RefusedPerSecond = seen.Statuses.GetValueOrDefault(503) / seconds,
            Milliseconds = MixRun.Times(times),
            SentP90 = MixRun.At(seen.Admitted.Service, 90),
            RefusedP99 = MixRun.At(seen.TurnedAway.Service, 99),
            Fairness = seen.Admitted.Fairness,
            Unanswered = seen.Unsent + seen.Failures.Values.Sum(),
        };
    }

    private LoadOptions Options(EndPoint server) => new()
    {
        Server = server,
        Requests = [Encoding.ASCII.GetBytes($"GET {Page} HTTP/1.1\r\nHost: {server}\r\n\r\n")],
        RequestsPerConnection = 5,
        Duration = duration,
        Timeout = s_timeout,
    };

    private double PerSecond(LoadResult seen) => seen.Arrived / duration.TotalSeconds;
}

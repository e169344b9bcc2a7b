namespace Tame.Overload;

/// <summary>How the server meets overload.</summary>
/// <param name="Name">Its name in table and plots.</param>
/// <param name="IsResourceAware">The policy is resource-aware; else first in, first out.</param>
/// <param name="HasAdmission">Requests are turned away while new work is not welcome.</param>
internal sealed record Variant(string Name, bool IsResourceAware, bool HasAdmission)
{
    public static readonly Variant[] All =
    [
        new("first in, first out", false, false),
        new("resource-aware", true, false),
        new("resource-aware, with admission", true, true),
    ];
}

/// <summary>What one run shows.</summary>
/// <param name="Load">Requests that arrive, as a multiple of what the machine can serve at most.</param>
/// <param name="Throughput">Requests a second that were answered.</param>
/// <param name="Refused">Requests a second that were turned away at once.</param>
/// <param name="Latency">The 99th percentile of the time from arrival to answer, in seconds, of those that were answered or still wait at the end.</param>
internal record Outcome(double Load, double Throughput, double Refused, double Latency)
{
    /// <summary>The 99th percentile.</summary>
    public static double Percentile99(List<double> latencies)
    {
        latencies.Sort();
        return latencies[(int)(0.99 * (latencies.Count - 1))];
    }
}

/// <summary>
/// Requests arrive at a rate that does not care how the server fares. Each is read, takes pages, reads from the disk, sends its answer and gives the pages back. In
/// virtual time with a seed: the same numbers on every machine.
/// </summary>
internal sealed partial class Experiment(double load, Variant variant)
{
    /// <summary>What the disk can serve: a read takes ten milliseconds.</summary>
    public const double Capacity = 100;

    private const int PagesForEach = 10;
    private static readonly TimeSpan s_length = TimeSpan.FromMinutes(2);
    private readonly Resource _pages = new("pages", 200);
    private readonly Random _random = new(20071);
    private readonly List<double> _latencies = [];
    private readonly HashSet<Request> _underWay = [];
    private int _answered;
    private int _refused;

    public Outcome Run()
    {
        var options = new EventLoopOptions
        {
            VirtualTime = true,
            OnExit = ExitBehavior.Abandon,
            Resources = [_pages],
            Scheduling = variant.IsResourceAware ? SchedulingPolicy.ResourceAware : SchedulingPolicy.FirstInFirstOut,
        };
        EventLoop.Run(Arrive, options);
        return new Outcome(load, _answered / s_length.TotalSeconds, _refused / s_length.TotalSeconds, Outcome.Percentile99(_latencies));
    }

    private static TimeProvider Clock => EventLoop.Current!.TimeProvider;

    [Tamed] private partial void Arrive(Event done);

    private void ArriveBody(Event done)
    {
        long start = Clock.GetTimestamp();
        var pager = new Pager(_pages);
        while (Clock.GetElapsedTime(start) < s_length)
        {
            double pause = -Math.Log(1 - _random.NextDouble()) / (load * Capacity);
            twait(e => timer(TimeSpan.FromSeconds(pause), e));
            if (!variant.HasAdmission || EventLoop.Current!.Admission.IsOpen)
                Serve(pager, new Request(Clock.GetTimestamp()), Event.Detached);
            else
                _refused++;
        }
        foreach (var request in _underWay)
            _latencies.Add(Clock.GetElapsedTime(request.Arrived).TotalSeconds);
        done.Trigger();
    }

    [Tamed] private partial void Serve(Pager pager, Request request, Event done);

    private void ServeBody(Pager pager, Request request, Event done)
    {
        _underWay.Add(request);
        twait(e => timer(TimeSpan.FromMilliseconds(1), e));     // reads the request
        _pages.Take(PagesForEach);
        twait(e => pager.Read(e));
        twait(e => timer(TimeSpan.FromMilliseconds(5), e));     // sends the answer
        _pages.Give(PagesForEach);
        _underWay.Remove(request);
        _answered++;
        _latencies.Add(Clock.GetElapsedTime(request.Arrived).TotalSeconds);
        done.Trigger();
    }

    private sealed class Request(long arrived)
    {
        public long Arrived => arrived;
    }
}

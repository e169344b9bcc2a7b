using System.Diagnostics;

namespace Tame.Overload.Memory;

/// <summary>
/// A server in a process with little memory. Requests arrive at a rate that does not depend on the server. Each is read, builds a document, waits for the disk, sends its
/// answer and drops the document. In real time and with real allocations.
/// </summary>
internal sealed partial class MemoryServer(double load, Variant variant, TimeSpan length)
{
    /// <summary>What the disk can serve: a read takes ten milliseconds.</summary>
    public const double Capacity = 100;

    private readonly Random _random = new(20071);
    private readonly CountingSemaphore _disk = new(1);
    private readonly List<double> _latencies = [];
    private readonly HashSet<Request> _underWay = [];
    private int _refused;
    private int _failed;

    public MemoryOutcome Run()
    {
        var options = new EventLoopOptions
        {
            OnExit = ExitBehavior.Abandon,
            Resources = [Resource.ManagedMemory()],
            Scheduling = variant.IsResourceAware ? SchedulingPolicy.ResourceAware : SchedulingPolicy.FirstInFirstOut,
        };
        long start = Stopwatch.GetTimestamp();
        EventLoop.Run(Arrive, options);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int answered = _latencies.Count;
        _latencies.AddRange(_underWay.Select(request => Stopwatch.GetElapsedTime(request.Arrived).TotalSeconds));
        double latency = _latencies.Count == 0 ? seconds : Outcome.Percentile99(_latencies);
        return new MemoryOutcome(load, answered / seconds, _refused / seconds, _failed / seconds, latency, GC.GetTotalPauseDuration().TotalSeconds / seconds);
    }

    [Tamed] private partial void Arrive(Event done);

    /// <summary>The time of the next arrival does not move when the loop is late: then several arrive at once.</summary>
    private void ArriveBody(Event done)
    {
        long start = Stopwatch.GetTimestamp();
        double next = 0;
        while (next < length.TotalSeconds)
        {
            next -= Math.Log(1 - _random.NextDouble()) / (load * Capacity);
            var pause = TimeSpan.FromSeconds(next) - Stopwatch.GetElapsedTime(start);
            if (pause > TimeSpan.Zero)
                twait(e => timer(pause, e));
            if (!variant.HasAdmission || EventLoop.Current!.Admission.IsOpen)
                Serve(new Request(start + (long)(next * Stopwatch.Frequency)), Event.Detached);
            else
                _refused++;
        }
        done.Trigger();
    }

    [Tamed] private partial void Serve(Request request, Event done);

    private void ServeBody(Request request, Event done)
    {
        _underWay.Add(request);
        twait(e => timer(TimeSpan.FromMilliseconds(1), e));     // reads the request
        try
        {
            request.Document = new Document();
            twait(e => _disk.Acquire(e));
            try
            {
                twait(e => timer(TimeSpan.FromMilliseconds(10), e));
            }
            finally
            {
                _disk.Release();
            }
            twait(e => timer(TimeSpan.FromMilliseconds(5), e));     // sends the answer
            GC.KeepAlive(request.Document);
            _latencies.Add(Stopwatch.GetElapsedTime(request.Arrived).TotalSeconds);
        }
        catch (OutOfMemoryException)
        {
            _failed++;
        }
        request.Document = null;
        _underWay.Remove(request);
        done.Trigger();
    }

    private sealed class Request(long arrived)
    {
        public long Arrived => arrived;

        public Document? Document { get; set; }
    }
}

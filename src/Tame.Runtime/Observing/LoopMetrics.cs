using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Tame;

/// <summary>The meter <c>Tame</c>: see docs/observability.md for its instruments. Names follow OpenTelemetry's conventions.</summary>
internal static class LoopMetrics
{
    /// <summary>The attribute with the name of the loop.</summary>
    public const string LoopName = "tame.loop.name";

    private static readonly Meter s_meter = new("Tame", typeof(LoopMetrics).Assembly.GetName().Version?.ToString(3));

    /// <summary>Bucket boundaries in seconds, from ten microseconds to ten seconds.</summary>
    private static readonly InstrumentAdvice<double> s_seconds = new()
    {
        HistogramBucketBoundaries = [1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly Histogram<double> s_passes =
        s_meter.CreateHistogram("tame.loop.pass.duration", "s", "The duration of a pass of the loop that ran something.", tags: null, s_seconds);

    private static readonly Histogram<double> s_delays =
        s_meter.CreateHistogram("tame.loop.ready.delay", "s", "The time that ready work waited for its turn, measured once per pass.", tags: null, s_seconds);

    private static readonly Histogram<double> s_shutdowns =
        s_meter.CreateHistogram("tame.loop.shutdown.duration", "s", "The duration of a stage of the loop's end.", tags: null, s_seconds);

    static LoopMetrics()
    {
        UpDown("tame.loop.calls.live", "{call}", "Calls of tamed methods that have a closure and have not ended.", static loop => loop.LiveCalls);
        UpDown("tame.loop.calls.blocked", "{call}", "Calls of tamed methods that wait.", static loop => loop.BlockedCalls);
        UpDown("tame.loop.ready.length", "{item}", "Ready calls and posted actions that wait for their turn.", static loop => loop.ReadyLength);
        UpDown("tame.loop.timers", "{timer}", "Timers that are set.", static loop => loop.Timers);
        UpDown("tame.loop.descriptors", "{wait}", "Waits for file descriptors.", static loop => loop.DescriptorWaits);
        Counter("tame.loop.events.made", "{event}", "Events that were created.", static loop => loop.EventsMade);
        Counter("tame.loop.events.completed", "{event}", "Events that have completed.", static loop => loop.EventsCompleted);
        Counter("tame.loop.events.lost", "{event}", "Events that were found lost.", static loop => loop.EventsLost);
        Counter("tame.loop.busy.time", "s", "The time that the loop has run without sleeping. Its rate is the share of time in which the loop was busy.", static loop => loop.Busy.TotalSeconds);
        s_meter.CreateObservableGauge("tame.loop.utilization", BusyShares, "1", "The share of the time since the last measurement in which the loop was busy.");
    }

    /// <summary>True if some listener measures each pass.</summary>
    public static bool MeasuresPasses => s_passes.Enabled || s_delays.Enabled;

    public static bool MeasuresDelays => s_delays.Enabled;

    /// <summary>Records a pass that ran something, began at that timestamp, and has ended.</summary>
    public static void RecordPass(EventLoop loop, long began) => s_passes.Record(SecondsSince(began), loop.NameTag);

    /// <summary>Records that work queued at that timestamp now has its turn.</summary>
    public static void RecordDelay(EventLoop loop, long queued) => s_delays.Record(SecondsSince(queued), loop.NameTag);

    /// <summary>Records a stage of the loop's end that began at that timestamp and has ended. Returns the current timestamp.</summary>
    public static long RecordShutdown(EventLoop loop, string stage, long began)
    {
        s_shutdowns.Record(SecondsSince(began), loop.NameTag, new("tame.shutdown.stage", stage));
        return Stopwatch.GetTimestamp();
    }

    private static double SecondsSince(long timestamp) => Stopwatch.GetElapsedTime(timestamp).TotalSeconds;

    private static void UpDown(string name, string unit, string description, Func<LoopStatistics, int> value) =>
        s_meter.CreateObservableUpDownCounter(name, () => Measure(value), unit, description);

    private static void Counter<T>(string name, string unit, string description, Func<LoopStatistics, T> value)
        where T : struct => s_meter.CreateObservableCounter(name, () => Measure(value), unit, description);

    private static IEnumerable<Measurement<T>> Measure<T>(Func<LoopStatistics, T> value)
        where T : struct
    {
        foreach (var loop in LiveLoops.All())
            yield return new Measurement<T>(value(loop.Statistics), loop.NameTag);
    }

    private static IEnumerable<Measurement<double>> BusyShares()
    {
        foreach (var loop in LiveLoops.All())
            yield return new Measurement<double>(loop.BusyShare.Measure(loop.BusyTime.Read()), loop.NameTag);
    }
}

using System.Diagnostics.Metrics;

namespace Tame.Stages;

/// <summary>The meter <c>Tame.Stages</c>: see docs/stages.md for its instruments. Names follow OpenTelemetry's conventions.</summary>
internal static class StageMeters
{
    /// <summary>The attribute with the name of the stage.</summary>
    public const string StageName = "tame.stage";
    private const string Refusal = "tame.stage.refusal";

    private static readonly Meter s_meter = new("Tame.Stages", typeof(StageMeters).Assembly.GetName().Version?.ToString(3));

    /// <summary>Seconds, from ten microseconds to ten seconds.</summary>
    private static readonly InstrumentAdvice<double> s_seconds = new()
    {
        HistogramBucketBoundaries = [1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly Histogram<double> s_waits =
        s_meter.CreateHistogram("tame.stage.wait.duration", "s", "How long an item waited in the queue.", tags: null, s_seconds);

    private static readonly Histogram<double> s_services =
        s_meter.CreateHistogram("tame.stage.service.duration", "s", "How long an item was handled.", tags: null, s_seconds);

    private static readonly Histogram<int> s_batches =
        s_meter.CreateHistogram<int>("tame.stage.batch.size", "{item}", "How many items a handler got at once.");

    /// <summary>Makes the instruments that are read when a listener asks. The first stage of the process calls it.</summary>
    public static void Publish()
    {
        UpDown("tame.stage.queue.length", "{item}", "Items in the queue.", static stage => stage.Length);
        UpDown("tame.stage.queue.capacity", "{item}", "Items that the queue holds at most.", static stage => stage.Capacity);
        UpDown("tame.stage.offers.waiting", "{offer}", "Offers that wait for space in the queue.", static stage => stage.Waiting);
        UpDown("tame.stage.calls.running", "{call}", "Calls of the handler that are running.", static stage => stage.Running);
        UpDown("tame.stage.threads", "{thread}", "Threads of the stage; for a stage on loops, calls that may run at once.", static stage => stage.Concurrency);
        UpDown("tame.stage.batch.limit", "{item}", "The largest batch that the handler gets.", static stage => stage.BatchSize);
        Counter("tame.stage.items.accepted", "Items that were accepted.", static statistics => statistics.Accepted);
        Counter("tame.stage.items.completed", "Items whose handler has ended.", static statistics => statistics.Completed);
        Counter("tame.stage.items.failed", "Items whose handler has failed.", static statistics => statistics.Failed);
        s_meter.CreateObservableCounter("tame.stage.items.refused", Refusals, "{item}", "Items that were refused, by reason.");
    }

    /// <summary>Whether a listener needs the time of each item.</summary>
    public static bool MeasuresTimes => s_waits.Enabled || s_services.Enabled;

    public static void RecordTimes(Stage stage, long waited, long served)
    {
        s_waits.Record(waited / 1e9, stage.NameTag);
        s_services.Record(served / 1e9, stage.NameTag);
    }

    public static void RecordBatch(Stage stage, int count) => s_batches.Record(count, stage.NameTag);

    private static void UpDown(string name, string unit, string description, Func<Stage, int> value) =>
        s_meter.CreateObservableUpDownCounter(name, () => LiveStages.All().Select(stage => new Measurement<int>(value(stage), stage.NameTag)), unit, description);

    private static void Counter(string name, string description, Func<StageStatistics, long> value) =>
        s_meter.CreateObservableCounter(name, () => LiveStages.All().Select(stage => new Measurement<long>(value(stage.Statistics), stage.NameTag)), "{item}", description);

    private static IEnumerable<Measurement<long>> Refusals()
    {
        foreach (var stage in LiveStages.All())
        {
            var statistics = stage.Statistics;
            yield return Of(stage, statistics.RefusedFull, "full");
            yield return Of(stage, statistics.RefusedOverloaded, "overloaded");
            yield return Of(stage, statistics.RefusedStopping, "stopping");
        }
    }

    private static Measurement<long> Of(Stage stage, long count, string reason) => new(count, stage.NameTag, new KeyValuePair<string, object?>(Refusal, reason));
}

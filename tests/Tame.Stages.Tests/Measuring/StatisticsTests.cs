using System.Diagnostics.Metrics;

namespace Tame.Stages.Tests.Measuring;

public sealed partial class StatisticsTests
{
    [Fact]
    public void Statistics_tell_of_times_rates_and_refusals_under_virtual_time() => Loops.Run(Told);

    [Fact]
    public void Rates_and_percentiles_forget_what_is_long_past() => Loops.Run(Forgotten);

    [Fact]
    public void The_meter_tells_what_the_statistics_tell() => Loops.Run(Metered);

    [Fact]
    public void The_meter_forgets_a_stage_that_has_stopped() => Loops.Run(Unmetered);

    [Fact]
    public void The_mean_batch_is_told() => Loops.Run(Batches);

    [Tamed]
    private static partial void Told(Event done);

    private static void ToldBody(Event done)
    {
        var stage = Stage.OnLoop<int>("s", Second, new() { Capacity = 4 });
        for (int i = 0; i < 7; i++)
            stage.TryEnqueue(i, Event.Ignored);
        twait(e => timer(TimeSpan.FromSeconds(8), e));
        stage.Stop(TimeSpan.Zero, Event.Ignored);
        stage.TryEnqueue(9);
        var told = stage.Statistics;
        Assert.Equal((5, 5, 1), (told.Accepted, told.Completed, told.Failed));
        Assert.Equal((2, 0, 1), (told.RefusedFull, told.RefusedOverloaded, told.RefusedStopping));
        Assert.Equal((0, 4, 0, 1, 1, 1.0), (told.Length, told.Capacity, told.Running, told.Threads, told.BatchSize, told.MeanBatch));
        Assert.Equal(5 / 8.0, told.ArrivalRate, 3);
        Assert.Equal(5 / 8.0, told.ServiceRate, 3);
        AssertNear(1, told.ServiceTime.P50);
        AssertNear(1, told.ServiceTime.P99);
        AssertNear(2, told.WaitingTime.P50);
        AssertNear(4, told.WaitingTime.P90);
        done.Trigger();
    }

    [Tamed]
    private static partial void Forgotten(Event done);

    private static void ForgottenBody(Event done)
    {
        var stage = Stage.OnLoop<int>("s", Second, new() { Capacity = 4 });
        for (int i = 0; i < 5; i++)
            stage.TryEnqueue(i, Event.Ignored);
        twait(e => timer(TimeSpan.FromSeconds(60), e));
        _ = stage.Statistics;
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        var told = stage.Statistics;
        Assert.Equal((0.0, 0.0, TimeSpan.Zero), (told.ArrivalRate, told.ServiceRate, told.ServiceTime.P99));
        Assert.Equal(5, told.Completed);
        done.Trigger();
    }

    [Tamed]
    private static partial void Metered(Event done);

    private static void MeteredBody(Event done)
    {
        var name = $"metered {Guid.NewGuid()}";
        using var meter = new Metered1(name);
        var stage = Stage.OnLoop<int>(name, Second, new() { Capacity = 4 });
        for (int i = 0; i < 7; i++)
            stage.TryEnqueue(i, Event.Ignored);
        twait(e => timer(TimeSpan.FromSeconds(2.5), e));
        meter.Listener.RecordObservableInstruments();
        Assert.Equal(2, meter.Values["tame.stage.queue.length"]);
        Assert.Equal(4, meter.Values["tame.stage.queue.capacity"]);
        Assert.Equal(0, meter.Values["tame.stage.offers.waiting"]);
        Assert.Equal(1, meter.Values["tame.stage.calls.running"]);
        Assert.Equal(1, meter.Values["tame.stage.threads"]);
        Assert.Equal(1, meter.Values["tame.stage.batch.limit"]);
        Assert.Equal(5, meter.Values["tame.stage.items.accepted"]);
        Assert.Equal(2, meter.Values["tame.stage.items.completed"]);
        Assert.Equal(0, meter.Values["tame.stage.items.failed"]);
        Assert.Equal(2, meter.Values["tame.stage.items.refused full"]);
        Assert.Equal(0, meter.Values["tame.stage.items.refused overloaded"]);
        Assert.Equal(0, meter.Values["tame.stage.items.refused stopping"]);
        Assert.Equal([0, 1], meter.Recorded["tame.stage.wait.duration"]);
        Assert.Equal([1, 1], meter.Recorded["tame.stage.service.duration"]);
        done.Trigger();
    }

    [Tamed]
    private static partial void Unmetered(Event done);

    private static void UnmeteredBody(Event done)
    {
        var name = $"unmetered {Guid.NewGuid()}";
        using var meter = new Metered1(name);
        var stage = Stage.OnLoop<int>(name, Second);
        meter.Listener.RecordObservableInstruments();
        Assert.NotEmpty(meter.Values);
        meter.Values.Clear();
        twait(e => stage.Stop(TimeSpan.Zero, e));
        meter.Listener.RecordObservableInstruments();
        Assert.Empty(meter.Values);
        done.Trigger();
    }

    [Tamed]
    private static partial void Batches(Event done);

    private static void BatchesBody(Event done)
    {
        var name = $"batches {Guid.NewGuid()}";
        using var meter = new Metered1(name);
        var stage = Stage.OnLoopInBatches<int>(name, (_, end) => end.Trigger(), new() { BatchSize = 4 });
        for (int i = 0; i < 6; i++)
            stage.TryEnqueue(i);
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal((4, 3.0), (stage.Statistics.BatchSize, stage.Statistics.MeanBatch));
        Assert.Equal([4, 2], meter.Recorded["tame.stage.batch.size"]);
        done.Trigger();
    }

    [Tamed]
    private static partial void Second(int item, Event done);

    private static void SecondBody(int item, Event done)
    {
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        if (item == 3)
            throw new InvalidOperationException("three");
        done.Trigger();
    }

    private static void AssertNear(double seconds, TimeSpan told) => Assert.InRange(told.TotalSeconds, seconds * (1 - 1 / 64.0), seconds * (1 + 1 / 64.0));

    /// <summary>Listens to the meter, for one stage.</summary>
    private sealed class Metered1 : IDisposable
    {
        private readonly string _stage;

        public Metered1(string stage)
        {
            _stage = stage;
            Listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Tame.Stages")
                    listener.EnableMeasurementEvents(instrument);
            };
            Listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
            Listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
            Listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
            Listener.Start();
        }

        public MeterListener Listener { get; } = new();

        public Dictionary<string, double> Values { get; } = [];

        public Dictionary<string, List<double>> Recorded { get; } = [];

        public void Dispose() => Listener.Dispose();

        private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            Assert.Equal("tame.stage", tags[0].Key);
            if (!Equals(tags[0].Value, _stage))
                return;
            lock (Recorded)
            {
                if (!instrument.IsObservable)
                {
                    Recorded.TryAdd(instrument.Name, []);
                    Recorded[instrument.Name].Add(value);
                    return;
                }
                Values[tags.Length == 1 ? instrument.Name : $"{instrument.Name} {tags[1].Value}"] = value;
            }
        }
    }
}

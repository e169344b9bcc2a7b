namespace Tame.Stages;

/// <summary>The statistics of a stage for input and output.</summary>
internal sealed class TurnMeasures
{
    private readonly StageClock _clock;
    private readonly StageWindow _window = new();

    /// <summary>The times of requests. The loop's thread writes them.</summary>
    private readonly RunnerMeasures _times;
    private TimeSampling _sampling;

    public TurnMeasures(TimeProvider time)
    {
        _clock = new StageClock(time);
        _times = new RunnerMeasures(_window);
    }

    /// <summary>A request is offered. Any thread.</summary>
    public RequestTimes Arrive() => _sampling.IsNext() ? new RequestTimes(_clock.Now, 0, _sampling.Weigh(_window, StageMeters.MeasuresTimes)) : default;

    /// <summary>The turn of a request has come.</summary>
    public RequestTimes Begin(in RequestTimes times) => times.Weight == 0 ? times : times with { Began = _clock.Now };

    /// <summary>A request is done.</summary>
    public void Finish(Stage stage, in RequestTimes times)
    {
        if (times.Weight == 0)
            return;
        long waited = times.Began - times.Arrived, served = _clock.Now - times.Began;
        _window.Timed++;
        _times.Record(waited, served, times.Weight);
        if (StageMeters.MeasuresTimes)
            StageMeters.RecordTimes(stage, waited, served);
    }

    /// <summary>A turn is over.</summary>
    public void TurnEnded(in TurnCounts counts)
    {
        long now = _clock.Now;
        if (_window.IsOver(now))
            _window.Turn(Totals(now, counts));
    }

    public StageStatistics Statistics(Stage stage, in TurnCounts counts)
    {
        var totals = Totals(_clock.Now, counts);
        if (_window.IsOver(totals.Now))
            _window.Turn(totals);
        Span<long> waiting = new long[DurationHistogram.Size];
        Span<long> service = new long[DurationHistogram.Size];
        _times.AddTo(waiting, service);
        var (arrival, served) = _window.Rates(totals);
        return new StageStatistics
        {
            Name = stage.Name,
            Length = stage.Length,
            Capacity = stage.Capacity,
            Waiting = stage.Waiting,
            Running = stage.Running,
            Threads = stage.Concurrency,
            BatchSize = stage.BatchSize,
            MeanBatch = 1,
            Accepted = counts.Accepted,
            Completed = counts.Completed,
            Failed = counts.Failed,
            RefusedFull = counts.Full,
            RefusedOverloaded = 0,
            RefusedStopping = counts.Stopping,
            ArrivalRate = arrival,
            ServiceRate = served,
            WaitingTime = DurationHistogram.Percentiles(waiting),
            ServiceTime = DurationHistogram.Percentiles(service),
        };
    }

    private static StageTotals Totals(long now, in TurnCounts counts) => new(now, counts.Accepted, counts.Completed, counts.Full + counts.Stopping);
}

/// <summary>Requests that were accepted, completed, failed among these, and refused.</summary>
internal readonly record struct TurnCounts(long Accepted, long Completed, long Failed, long Full, long Stopping);

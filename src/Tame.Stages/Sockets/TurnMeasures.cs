namespace Tame.Stages;

/// <summary>The statistics of a stage for input and output. It does not time requests.</summary>
internal sealed class TurnMeasures(Stage stage)
{
    private readonly StageClock _clock = new(stage.Time);
    private readonly StageWindow _window = new();

    /// <summary>A turn is over.</summary>
    public void TurnEnded(in TurnCounts counts)
    {
        long now = _clock.Now;
        if (_window.IsOver(now))
            _window.Turn(Totals(now, counts));
    }

    public StageStatistics Statistics(in TurnCounts counts)
    {
        var totals = Totals(_clock.Now, counts);
        if (_window.IsOver(totals.Now))
            _window.Turn(totals);
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
            WaitingTime = default,
            ServiceTime = default,
        };
    }

    private static StageTotals Totals(long now, in TurnCounts counts) => new(now, counts.Accepted, counts.Completed, counts.Full + counts.Stopping);
}

/// <summary>Requests that were accepted, completed, failed among these, and refused.</summary>
internal readonly record struct TurnCounts(long Accepted, long Completed, long Failed, long Full, long Stopping);

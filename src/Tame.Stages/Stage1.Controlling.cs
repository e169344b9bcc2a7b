namespace Tame.Stages;

/// <summary>Calls the controllers and applies their decisions.</summary>
public sealed partial class Stage<T>
{
    private StageTotals _poolMark;
    private StageTotals _batchMark;

    /// <summary>The stage is ready: it begins to call its controllers, and tools can see it.</summary>
    private void Begin(StageOptions<T> options)
    {
        LiveStages.Add(this);
        if (options.ThreadPool is { } pool)
            AddTimer(new ControllerTimer(_clock.Provider, () => pool.Period, () => Ask(pool)));
        if (options.Batching is { } batching)
            AddTimer(new ControllerTimer(_clock.Provider, () => batching.Period, () => Ask(batching)));
    }

    private void Ask(IThreadPoolController controller)
    {
        if (_limit == 0)
            return;     // paused: it has no threads until it starts
        try
        {
            _crew!.SetCount(Math.Max(1, controller.Threads(TakeSample(ref _poolMark))));
        }
        catch (Exception error)
        {
            FailItem(default, error);
        }
    }

    private void Ask(IBatchController controller)
    {
        try
        {
            _batchSize = Math.Max(1, controller.BatchSize(TakeSample(ref _batchMark)));
        }
        catch (Exception error)
        {
            FailItem(default, error);
        }
    }

    private StageSample TakeSample(ref StageTotals mark)
    {
        var now = Totals(_clock.Now);
        var before = mark;
        mark = now;
        var (idle, longest) = Idle(now.Now);
        return new StageSample
        {
            Now = StageClock.Span(now.Now),
            Elapsed = StageClock.Span(now.Now - before.Now),
            QueueLength = Length,
            Capacity = Capacity,
            Threads = Concurrency,
            IdleThreads = idle,
            LongestIdle = StageClock.Span(longest),
            BatchSize = BatchSize,
            Arrivals = now.Accepted - before.Accepted,
            Completed = now.Completed - before.Completed,
            Refused = now.Refused - before.Refused,
        };
    }

    private (int Count, long Longest) Idle(long now)
    {
        if (_crew is not { } crew)
            return (Math.Max(0, _concurrency - Running), 0);
        lock (_gate)
            return (crew.IdleCount, crew.LongestIdle(now));
    }
}

using System.Runtime.CompilerServices;

namespace Tame.Stages;

/// <summary>Measures the stage.</summary>
public sealed partial class Stage<T>
{
    private readonly StageWindow _window = new();

    /// <summary>Items that handlers of batches have failed one by one.</summary>
    private long _failedAlone;

    /// <summary>The measurements of threads that have ended. Guarded by the lock.</summary>
    private readonly RunnerMeasures _retired;

    /// <inheritdoc/>
    public override StageStatistics Statistics
    {
        get
        {
            Span<long> waiting = new long[DurationHistogram.Size];
            Span<long> service = new long[DurationHistogram.Size];
            long batches = _retired.Batches, failed = _retired.Failed + Volatile.Read(ref _failedAlone);
            var totals = Totals(_clock.Now);
            if (_window.IsOver(totals.Now))
                _window.Turn(totals);
            foreach (var runner in _runners)
            {
                failed += runner.Measures.Failed;
                batches += runner.Measures.Batches;
                runner.Measures.AddTo(waiting, service);
            }
            var (arrival, served) = _window.Rates(totals);
            return new StageStatistics
            {
                Name = Name,
                Length = Length,
                Capacity = Capacity,
                Waiting = Waiting,
                Running = Running,
                Threads = Concurrency,
                BatchSize = BatchSize,
                MeanBatch = batches == 0 ? 1 : (double)totals.Completed / batches,
                Accepted = totals.Accepted,
                Completed = totals.Completed,
                Failed = failed,
                RefusedFull = Volatile.Read(ref _full),
                RefusedOverloaded = Volatile.Read(ref _overloaded),
                RefusedStopping = Volatile.Read(ref _stopped),
                ArrivalRate = arrival,
                ServiceRate = served,
                WaitingTime = DurationHistogram.Percentiles(waiting),
                ServiceTime = DurationHistogram.Percentiles(service),
            };
        }
    }

    internal StageWindow Window => _window;

    internal StageTotals Totals(long now)
    {
        long accepted = Volatile.Read(ref _intake.Counts.Accepted) + _retired.Direct, completed = _retired.Completed;
        foreach (var runner in _runners)
        {
            accepted += Volatile.Read(ref runner.Measures.Direct);
            completed += Volatile.Read(ref runner.Measures.Completed);
        }
        return new StageTotals(now, accepted, completed, Volatile.Read(ref _full) + Volatile.Read(ref _overloaded) + Volatile.Read(ref _stopped));
    }

    /// <summary>Creates an entry whose offer begins now.</summary>
    internal Entry<T> Timed(T item, Event done)
    {
        var entry = new Entry<T>(item, done);
        MarkTime(ref entry);
        return entry;
    }

    /// <summary>Times an entry if it is its turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MarkTime(ref Entry<T> entry)
    {
        if (_intake.Counts.Sampling.IsNext())
            TimeThis(ref entry);
    }

    private void TimeThis(ref Entry<T> entry)
    {
        entry.Weight = _intake.Counts.Sampling.Weigh(_window, _admission is not null || StageMeters.MeasuresTimes);
        entry.Arrived = _clock.Now;
    }

    private void Record(RunnerMeasures measures, in Entry<T> entry, long began, long now)
    {
        if (_window.IsOver(now))
            _window.Turn(Totals(now));
        _window.Timed++;
        long waited = began - entry.Arrived, served = now - began;
        measures.Record(waited, served, entry.Weight);
        if (StageMeters.MeasuresTimes)
            StageMeters.RecordTimes(this, waited, served);
    }
}

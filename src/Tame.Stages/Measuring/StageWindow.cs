namespace Tame.Stages;

/// <summary>
/// The time that rates and percentiles cover: the current window and the one before, 10 to 20 seconds in all. Any thread may check whether the next window has begun.
/// </summary>
internal sealed class StageWindow
{
    private const long Length = 10_000_000_000;
    private readonly Lock _gate = new();
    private StageTotals _before;
    private StageTotals _start;
    private long _next = Length;
    private volatile int _index = 1;

    /// <summary>The number of the current window.</summary>
    public int Index => _index;

    /// <summary>The approximate number of items that have been timed in this window.</summary>
    public int Timed { get; set; }

    public bool IsOver(long now) => now >= Volatile.Read(ref _next);

    /// <summary>Begins the next window if it is time.</summary>
    public void Turn(in StageTotals totals)
    {
        lock (_gate)
        {
            if (totals.Now < _next)
                return;
            bool isLate = totals.Now >= _next + Length;
            _before = isLate ? totals : _start;
            _start = totals;
            _next = totals.Now + Length;
            _index += isLate ? 2 : 1;
            Timed = 0;
        }
    }

    /// <summary>Accepted and completed items per second.</summary>
    public (double Arrival, double Service) Rates(in StageTotals totals)
    {
        StageTotals from;
        lock (_gate)
            from = _before;
        double seconds = (totals.Now - from.Now) / 1e9;
        return seconds <= 0 ? (0, 0) : ((totals.Accepted - from.Accepted) / seconds, (totals.Completed - from.Completed) / seconds);
    }
}

/// <summary>What a stage has done since it was created.</summary>
internal readonly record struct StageTotals(long Now, long Accepted, long Completed, long Refused);

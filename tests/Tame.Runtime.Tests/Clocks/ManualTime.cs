namespace Tame.Runtime.Tests.Clocks;

/// <summary>
/// A clock that only <see cref="Advance"/> moves, with timers that fire on the thread that calls it. Its timestamps begin anywhere and may wrap.
/// </summary>
internal sealed class ManualTime(long start = 0, long frequency = TimeSpan.TicksPerSecond) : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private long _ticks;

    public override long TimestampFrequency => frequency;

    public override long GetTimestamp()
    {
        lock (_timers)
            return unchecked(start + (long)((Int128)_ticks * frequency / TimeSpan.TicksPerSecond));
    }

    /// <summary>The number of active timers.</summary>
    public int Armed
    {
        get
        {
            lock (_timers)
                return _timers.Count(timer => timer.Due is not null);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        lock (_timers)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan time)
    {
        ManualTimer[] due;
        lock (_timers)
        {
            _ticks += time.Ticks;
            due = [.. _timers.Where(timer => timer.Due <= _ticks)];
            foreach (var timer in due)
                timer.Due = null;
        }
        foreach (var timer in due)
            timer.Fire();
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public long? Due { get; set; }

        public Action Fire => fire;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._timers)
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._ticks + dueTime.Ticks;
            return true;
        }

        public void Dispose()
        {
            lock (time._timers)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}

/// <summary>A clock that jumps without notifying its users: its timers are the system's.</summary>
internal sealed class SilentTime(long start = 0) : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => unchecked(start + Volatile.Read(ref _ticks));

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}

/// <summary>The system's clock, with timestamps that begin elsewhere.</summary>
internal sealed class ShiftedTime(long start) : TimeProvider
{
    private readonly long _begin = System.GetTimestamp();

    public override long GetTimestamp() => unchecked(System.GetTimestamp() - _begin + start);
}

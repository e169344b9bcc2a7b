namespace Tame;

/// <summary>The clock of a user's time provider, which may stand still and jump. A timer of the provider wakes the loop.</summary>
internal sealed class ProvidedClock(TimeProvider provider) : LoopClock(provider)
{
    /// <summary>Milliseconds between two readings of a clock that may jump and cannot report it.</summary>
    private const int LookInterval = 20;
    private ClockAlarm? _alarm;

    public override long TimeToNextTimer(EventLoop loop)
    {
        if (loop.Timers.NextDue is not { } due)
            return Timeout.Infinite;
        _alarm ??= new ClockAlarm(loop, this);
        if (due > Now && _alarm.TrySet(due))
            return Timeout.Infinite;
        return Math.Min(MillisecondsTo(due), LookInterval);
    }

    public override void End(EventLoop loop) => _alarm?.Dispose();
}

/// <summary>Wakes a loop when its time provider has reached a deadline.</summary>
internal sealed class ClockAlarm : Message, IDisposable
{
    /// <summary>The number of attempts to set the alarm before the clock moves.</summary>
    private const int MostTries = 8;

    /// <summary>The longest time that every timer accepts, in ticks. When it is over, the loop sets the alarm again.</summary>
    private const long Longest = 0xffff_fffe * TimeSpan.TicksPerMillisecond;
    private const long Unset = long.MinValue;

    private static readonly Type s_systemTimer = TypeOfSystemTimer();
    private readonly EventLoop _loop;
    private readonly LoopClock _clock;

    /// <summary>Null if the provider creates the system's timers, which do not follow the provider's clock.</summary>
    private readonly ITimer? _timer;
    private long _due = Unset;

    /// <summary>Not zero while this message is in the loop's inbox.</summary>
    private int _isSent;

    public ClockAlarm(EventLoop loop, LoopClock clock)
    {
        (_loop, _clock) = (loop, clock);
        var timer = clock.Provider.CreateTimer(static alarm => ((ClockAlarm)alarm!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (timer.GetType() == s_systemTimer)
            timer.Dispose();
        else
            _timer = timer;
    }

    /// <summary>
    /// Sets the alarm. False if it might ring too late: either the clock moves all the time, so that the remaining time changes while the alarm is set, or the
    /// provider's timers do not follow its clock.
    /// </summary>
    public bool TrySet(long due)
    {
        if (_timer is null)
            return false;
        if (_due == due)
            return true;
        _due = Unset;
        for (int tries = 0; tries < MostTries; tries++)
        {
            long now = _clock.Now;
            if (now >= due)
                break;
            _timer.Change(TimeSpan.FromTicks(Math.Min(due - now, Longest)), Timeout.InfiniteTimeSpan);
            if (_clock.Now != now)
                continue;
            _due = due;
            return true;
        }
        return false;
    }

    public void Dispose() => _timer?.Dispose();

    internal override void Run(EventLoop loop)
    {
        _due = Unset;
        Volatile.Write(ref _isSent, 0);
    }

    /// <summary>An ended loop needs no alarm.</summary>
    internal override void Drop(EventLoop loop)
    {
    }

    /// <summary>The provider calls this on any thread.</summary>
    private void Ring()
    {
        if (Interlocked.Exchange(ref _isSent, 1) == 0)
            _loop.Send(this);
    }

    private static Type TypeOfSystemTimer()
    {
        using var timer = TimeProvider.System.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return timer.GetType();
    }
}

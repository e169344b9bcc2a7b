namespace Tame.Guests;

/// <summary>Makes a guest run a turn when its next timer is due. The guest sets it in its turns; it rings on a thread of the pool.</summary>
internal sealed class GuestAlarm : Message, IDisposable
{
    private readonly EventLoop _loop;
    private readonly Timer _timer;

    /// <summary>When it rings, in milliseconds of the system's clock.</summary>
    private long _due = long.MaxValue;

    /// <summary>Not zero while this message is in the inbox.</summary>
    private int _isSent;

    public GuestAlarm(EventLoop loop)
    {
        _loop = loop;
        _timer = Alarms.Make(static alarm => ((GuestAlarm)alarm!).Ring(), this, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Makes the alarm ring after this time at the latest; a negative number means never. If it is already set to ring earlier, that does not change: an
    /// additional turn does no harm.
    /// </summary>
    public void Set(long milliseconds)
    {
        if (milliseconds < 0)
            return;
        long due = Environment.TickCount64 + milliseconds;
        if (due >= _due)
            return;
        _due = due;
        _timer.Change(Math.Min(milliseconds, uint.MaxValue - 1), Timeout.Infinite);
    }

    public void Dispose() => _timer.Dispose();

    internal override void Run(EventLoop loop)
    {
        _due = long.MaxValue;
        Volatile.Write(ref _isSent, 0);
    }

    /// <summary>An ended loop needs no alarm.</summary>
    internal override void Drop(EventLoop loop)
    {
    }

    private void Ring()
    {
        if (Interlocked.Exchange(ref _isSent, 1) == 0)
            _loop.Send(this);
    }
}

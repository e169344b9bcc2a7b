namespace Tame;

/// <summary>What the loop does when nothing is ready: jump in virtual time, look for lost events, or sleep.</summary>
public sealed partial class EventLoop
{
    private readonly LostEventProbe _probe;
    private readonly AutoResetEvent _sleeper = new(false);
    private int _sleeping;
    private int _timeHolds;
    private int _outsideWork;

    /// <summary>Work outside the loop that will trigger an event: the loop waits for it, and virtual time stands still.</summary>
    internal void AddOutsideWork() => Interlocked.Increment(ref _outsideWork);

    /// <summary>Work outside the loop is over.</summary>
    internal void RemoveOutsideWork() => Interlocked.Decrement(ref _outsideWork);

    internal bool HasOutsideWork => Volatile.Read(ref _outsideWork) != 0;

    internal bool IsTimeHeld => HasOutsideWork || Volatile.Read(ref _timeHolds) != 0;

    /// <summary>While it is held, virtual time stands still and the loop's run does not end for want of work.</summary>
    /// <returns>Dispose it to let go. Any thread may do both.</returns>
    public IDisposable HoldTime()
    {
        Interlocked.Increment(ref _timeHolds);
        return new TimeHold(this);
    }

    /// <summary>Sends work to the loop's thread. False, and nothing is kept, when the loop has ended.</summary>
    internal bool Send(Tame.CompilerServices.Work work)
    {
        if (!Inbox.TryPush(work))
            return false;
        WakeUp();
        return true;
    }

    private void WakeUp()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _sleeping) != 0 && Interlocked.Exchange(ref _sleeping, 0) != 0)
            _sleeper.Set();
    }

    /// <summary>Nothing ran. False when nothing can happen any more, and nobody waits for an event.</summary>
    private bool Idle(MainEvent? end)
    {
        if (!Inbox.IsEmpty || _clock.TryJump(this))
            return true;
        if (end is null && _blocked is null && !IsTimeHeld && _timers.Count == 0)
            return false;
        TrimPools();
        Sleep();
        return true;
    }

    private void Sleep()
    {
        long probe = _blocked is null && _main is null ? Timeout.Infinite : _probe.Due(this);
        if (probe == 0)
        {
            _probe.Look(this);
            return;
        }
        int timeout = Shorter(probe, _clock.TimeToNextTimer(this));
        Interlocked.Exchange(ref _sleeping, 1);
        if (Inbox.IsEmpty && !_stopping)
            _sleeper.WaitOne(timeout);
        Volatile.Write(ref _sleeping, 0);
    }

    private static int Shorter(long left, long right)
    {
        if (left < 0)
            return (int)Math.Min(right, int.MaxValue);
        return (int)Math.Min(right < 0 ? left : Math.Min(left, right), int.MaxValue);
    }

    private sealed class TimeHold(EventLoop loop) : IDisposable
    {
        private int _held = 1;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _held, 0) == 0)
                return;
            Interlocked.Decrement(ref loop._timeHolds);
            loop.WakeUp();
        }
    }
}

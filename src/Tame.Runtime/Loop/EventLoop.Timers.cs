using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>Deadlines: timers and timeouts.</summary>
public sealed partial class EventLoop
{
    /// <summary>What the coarse clock may be behind by: its step is 4 ms here, 16 at most.</summary>
    private const int CoarseMargin = 32;
    private readonly TimerQueue<Deadline> _timers = new();

    /// <summary>
    /// By the coarse clock, when to read the exact one for timers that are due. A pass with far timers then reads a clock of 7 ns instead of one of 40.
    /// </summary>
    private long _nextLook;

    internal int Timers => _timers.Count;

    internal long? NextDue => _timers.NextDue;

    /// <summary>Triggers an event after a time; the timer leaves when the event completes otherwise.</summary>
    internal void AddTimer(TimeSpan delay, Event e)
    {
        CheckDelay(delay);
        if (delay == Timeout.InfiniteTimeSpan || !e.IsPending)
            return;
        var timer = _timers.Add(_clock.Due(delay), new Deadline(e, null));
        LookAfter(delay.Ticks);
        if (ReferenceEquals(e.Loop, this))
            Event.OnCompleted(e, RentTimerHook(timer));
    }

    /// <summary>Expires a timeout after a time; the timer leaves when the event, which is pending here, completes otherwise.</summary>
    internal void AddTimeout(TimeSpan delay, Event e, TimeoutHook timeout)
    {
        if (delay != Timeout.InfiniteTimeSpan)
        {
            timeout.Timer = _timers.Add(_clock.Due(delay), new Deadline(e, timeout));
            LookAfter(delay.Ticks);
        }
        Event.OnCompleted(e, timeout);
    }

    /// <summary>Takes a timer away; nothing happens where it has fired.</summary>
    internal void Remove(TimerNode timer)
    {
        if (_timers.Remove(timer, out var deadline))
            deadline.LetGo();
    }

    /// <summary>Throws at a time that is negative and not infinite.</summary>
    internal static void CheckDelay(TimeSpan delay)
    {
        if (delay < TimeSpan.Zero && delay != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(
                nameof(delay), delay, "A time must not be negative. Zero is the loop's next pass, Timeout.InfiniteTimeSpan is never.");
        }
    }

    /// <summary>A timer was set that is due after that time; the cached clock may be behind, which only makes the look come earlier.</summary>
    private void LookAfter(long ticks) => _nextLook = Math.Min(_nextLook, _coarse + ticks / TimeSpan.TicksPerMillisecond - CoarseMargin);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool FireTimers()
    {
        if (_clock.HasCoarse && (_coarse = _clock.Coarse) < _nextLook)
            return false;
        bool any = false;
        long now = _clock.Now;
        while (_timers.TryPopDue(now, out var deadline))
        {
            deadline.Fire();
            any = true;
        }
        _nextLook = long.MaxValue;
        if (_timers.NextDue is { } next)
            LookAfter(next - now);
        return any;
    }
}

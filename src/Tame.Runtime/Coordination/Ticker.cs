using static Tame.Primitives;

namespace Tame;

/// <summary>A periodic timer that does not drift. Tick n is due n periods after the ticker was created, however late earlier ticks were taken.</summary>
/// <remarks>
/// Ticks do not accumulate: if several are due, the newest is taken, and the tick numbers show how many were skipped. A wait takes no tick if something else
/// completes its event first: a time limit, <see cref="Event.Unblock"/>, or the cancellation of its rendezvous. The ticker belongs to the loop on whose thread
/// it was created, and uses its clock. When that loop has ended, the ticker starts over on the next loop that uses it. Call its members only on the loop's
/// thread.
/// </remarks>
public sealed partial class Ticker
{
    private const string Self = "This ticker";
    private OwnLoop _own = new();
    private long _origin;
    private long _taken;

    /// <summary>Creates a ticker whose first tick is due one period from now.</summary>
    /// <param name="period">The time between two ticks, more than zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is zero or less.</exception>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public Ticker(TimeSpan period)
    {
        if (period <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(period), period, "A period must be more than zero. For each pass of the loop, use asap.");
        Period = period;
        Open();
    }

    /// <summary>The time between two ticks.</summary>
    public TimeSpan Period { get; }

    /// <summary>Triggers an event with the number of the next tick that has not been taken, when it is due. If it is late, triggers at once.</summary>
    /// <param name="tick">
    /// The event. It gets 1 for the first tick. If it is empty or complete, no tick is taken. Events that wait at the same time get the same tick.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// The ticker belongs to another thread's loop, or this thread has no loop. The event fails with this exception.
    /// </exception>
    [Tamed]
    public partial void Next(Event<long> tick);

    private void NextBody(Event<long> tick)
    {
        long elapsed = Elapsed();
        if (!tick.IsPending)
            return;
        long number = _taken + 1;
        if (TimeTo(number, elapsed) is var time && time > TimeSpan.Zero)
        {
            using var first = new Rendezvous<bool>();
            if (Tries.CanEnd(tick.Unblocker))
                tick.AtTrigger(mkevent(first, false));
            timer(time, mkevent(first, true));
            twait(first, out bool isDue);
            if (!isDue)
                return;
        }
        // The loop may be late. If the event has completed since the tick was due, it leaves the tick to the next event.
        number = Math.Max(number, Elapsed() / Period.Ticks);
        if (tick.Trigger(number))
            _taken = Math.Max(_taken, number);
    }

    private long Elapsed() => Open().Timers.DueOf(0) - _origin;

    private TimeSpan TimeTo(long number, long elapsed) =>
        number > long.MaxValue / Period.Ticks ? TimeSpan.MaxValue : TimeSpan.FromTicks(number * Period.Ticks - elapsed);

    private EventLoop Open()
    {
        if (_own.Enter(Self, out var loop))
            (_origin, _taken) = (loop.Timers.DueOf(0), 0);
        return loop;
    }
}

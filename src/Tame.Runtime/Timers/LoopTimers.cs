using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>The timers of one loop, and what they do when they are due. On the loop's thread, except where it says otherwise.</summary>
internal sealed class LoopTimers(EventLoop loop, LoopClock clock) : TimerQueue<TimerAction>
{
    /// <summary>What the coarse clock may be behind by: its step is 4 ms here, 16 at most.</summary>
    private const int CoarseMargin = 32;

    /// <summary>
    /// By the coarse clock, when to read the exact one for timers that are due. A pass with far timers reads only the coarse clock.
    /// </summary>
    private long _nextLook;

    /// <summary>Timers of <see cref="EventLoop.TimeProvider"/>, and calls of InvokeAsync, that outside work may be waiting for.</summary>
    public int ClockWaits { get; private set; }

    /// <summary>Throws at a time that is negative and not infinite.</summary>
    public static void Check(TimeSpan delay)
    {
        if (delay < TimeSpan.Zero && delay != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(
                nameof(delay), delay, "A time must not be negative. Zero is the loop's next pass, Timeout.InfiniteTimeSpan is never.");
        }
    }

    /// <summary>Triggers an event after a time; the timer leaves when the event completes otherwise.</summary>
    public void Trigger(Event e, TimeSpan delay)
    {
        Check(delay);
        if (delay == Timeout.InfiniteTimeSpan)
            return;
        ref var cell = ref e.CellHere();
        if (!Unsafe.IsNullRef(ref cell))
            Set(delay, e, ref cell, new TimerAction(e, ref cell));
        else if (e.IsPending)
            Set(delay, new TimerAction(e)); // another loop's
    }

    /// <summary>Fails an event, which is pending here, after a time; the timer leaves when the event completes otherwise.</summary>
    public void Limit(Event e, TimeSpan delay)
    {
        if (delay != Timeout.InfiniteTimeSpan)
            Set(delay, e, ref e.CellHere(), new TimerAction(e, delay));
    }

    /// <summary>Expires a timeout after a time; the timer leaves when the event, which is pending here, completes otherwise.</summary>
    public void Expire(TimeoutHook timeout, Event e, TimeSpan delay)
    {
        if (delay != Timeout.InfiniteTimeSpan)
            timeout.Timer = Set(delay, new TimerAction(e, timeout));
        Event.OnCompleted(e, timeout);
    }

    /// <summary>The deadline that lies so many ticks ahead. Any thread may ask.</summary>
    public long DueOf(long ticks) => clock.Due(TimeSpan.FromTicks(ticks));

    /// <summary>Sets a timer that calls back.</summary>
    public TimerNode Set(long due, LoopTimer timer)
    {
        loop.AssertEntered();
        var action = new TimerAction(timer, loop.Numbers.TakeWithoutEvent());
        return action.At(Add(due, in action));
    }

    /// <summary>A timer of <see cref="EventLoop.TimeProvider"/> is set (1), or is set no longer (-1).</summary>
    public void CountWait(LoopTimer timer, int change)
    {
        if (!timer.IsLimit)
            ClockWaits += change;
    }

    /// <summary>A call that the loop's own code invoked is under way (1), or no longer (-1).</summary>
    public void CountWait(int change) => ClockWaits += change;

    /// <summary>Takes the earliest timer that calls back, when the loop has ended; all others leave.</summary>
    public bool TryTakeTimer(out long due, [NotNullWhen(true)] out LoopTimer? timer)
    {
        while (NextDue is { } next && TryPopDue(next, out var action))
        {
            if (action.Timer is not { } found)
                continue;
            (due, timer) = (next, found);
            return true;
        }
        (due, timer) = (0, null);
        return false;
    }

    /// <summary>Takes away the timer of an event that completes; nothing happens where it has fired.</summary>
    public void Remove(TimerNode timer)
    {
        if (timer.Number != 0)
            Remove(timer.Index, timer.Number);
    }

    /// <inheritdoc cref="Remove(TimerNode)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]  // so that what it calls can be inlined here
    public void Remove(int index, long number)
    {
        loop.AssertEntered();
        ref readonly var action = ref At(index);
        if (Unsafe.IsNullRef(in action) || !action.IsOf(number))
            return;
        action.ReturnLifeline();
        RemoveAt(index);
    }

    /// <summary>Fires all timers that are due. True when there were any.</summary>
    /// <param name="coarse">The loop's reading of the coarse clock, which this brings up to date.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Fire(ref long coarse)
    {
        if (clock.HasCoarse && (coarse = clock.Coarse) < _nextLook)
            return false;
        bool any = false;
        long now = clock.Now;
        for (int left; (left = FetchDue(now)) != 0;)
        {
            for (; left != 0 && TryPopDue(now, out var action); left--)
                action.Fire();
            any = true;
        }
        _nextLook = long.MaxValue;
        if (NextDue is { } next)
            LookAfter(next - now);
        return any;
    }

    private TimerNode Set(TimeSpan delay, in TimerAction action)
    {
        loop.AssertEntered();
        int index = Add(clock.Due(delay), in action);
        LookAfter(delay.Ticks);
        return action.At(index);
    }

    /// <summary>The first timer of an event has a place in its cell; further ones need hooks.</summary>
    private void Set(TimeSpan delay, Event e, ref Cell cell, in TimerAction action)
    {
        var timer = Set(delay, in action);
        if (!cell.Timer.IsSet)
            cell.Timer = new OptionalIndex(timer.Index);
        else
            Event.OnCompleted(e, TimerHook.Rent(loop, timer));
    }

    /// <summary>A timer was set that is due after that time; the loop's reading of the coarse clock may be old, which only makes the look come earlier.</summary>
    private void LookAfter(long ticks) => _nextLook = Math.Min(_nextLook, loop.Coarse + ticks / TimeSpan.TicksPerMillisecond - CoarseMargin);

    /// <summary>Has the processor fetch the events of the timers that are due next, which otherwise it would wait for one by one. Returns how many.</summary>
    private int FetchDue(long now)
    {
        var due = PeekDue(now);
        if (due.Length > 1)
        {
            foreach (var entry in due)
            {
                if (entry.IsSet)
                    At(entry.Node).Prefetch();
            }
        }
        return due.Length;
    }
}

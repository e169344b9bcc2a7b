using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>The timers of one loop, and what they do when they are due. On the loop's thread, except where it says otherwise.</summary>
internal sealed partial class LoopTimers(EventLoop loop, LoopClock clock) : TimerQueue<TimerAction>
{
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
            Set(delay, e, ref cell, LimitOrHint.At(ref cell));
        else if (e.IsPending)
            Set(delay, e, default); // another loop's
    }

    /// <summary>Fails an event, which is pending here, after a time; the timer leaves when the event completes otherwise.</summary>
    public void Limit(Event e, TimeSpan delay)
    {
        if (delay != Timeout.InfiniteTimeSpan)
            Limit(e, ref e.CellHere(), delay);
    }

    /// <inheritdoc cref="Limit(Event, TimeSpan)"/>
    public void Limit(Event e, ref Cell cell, TimeSpan delay) => Set(delay, e, ref cell, LimitOrHint.Of(delay));

    /// <summary>Expires a timeout after a time; the timer leaves when the event, which is pending here, completes otherwise.</summary>
    public void Expire(TimeoutHook timeout, Event e, TimeSpan delay)
    {
        if (delay != Timeout.InfiniteTimeSpan)
            timeout.Timer = new TimerNode(Set(delay, e, default, timeout), e.Number);
        Event.OnCompleted(e, timeout);
    }

    /// <summary>The deadline that lies so many ticks ahead. Any thread may ask.</summary>
    public long DueOf(long ticks) => clock.Due(TimeSpan.FromTicks(ticks));

    /// <summary>Sets a timer that calls back.</summary>
    public TimerNode Set(long due, LoopTimer timer)
    {
        loop.AssertEntered();
        long number = loop.Numbers.TakeWithoutEvent();
        Add(due, out int index).Fill(new Event(null, number), default, timer);
        return new TimerNode(index, number);
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
        ref var action = ref At(index);
        if (Unsafe.IsNullRef(ref action) || !action.IsOf(number))
            return;
        action.ReturnLifeline();
        RemoveAt(index, ref action);
    }

    private int Set(TimeSpan delay, Event e, LimitOrHint detail, Linked? action = null)
    {
        loop.AssertEntered();
        int index;
        if (delay.Ticks >= Long && TakesUndated)
            AddUndated(delay.Ticks, out index).Fill(e, detail, action);
        else
            AddExactly(delay, out index).Fill(e, detail, action);
        return index;
    }

    /// <summary>The first timer of an event has a place in its cell; further ones need hooks.</summary>
    private void Set(TimeSpan delay, Event e, ref Cell cell, LimitOrHint detail)
    {
        int index = Set(delay, e, detail);
        if (!cell.Timer.IsSet)
            cell.Timer = new OptionalIndex(index);
        else
            Event.OnCompleted(e, TimerHook.Rent(loop, new TimerNode(index, e.Number)));
    }
}

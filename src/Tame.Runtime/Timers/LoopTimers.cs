using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>The timers of one loop, and what they do when they are due. Members are for the loop's thread unless they say otherwise.</summary>
internal sealed partial class LoopTimers(EventLoop loop, LoopClock clock) : TimerQueue<TimerAction>
{
    /// <summary>The number of timers of <see cref="EventLoop.TimeProvider"/>, and of calls of InvokeAsync, that outside work may be waiting for.</summary>
    public int ClockWaits { get; private set; }

    /// <summary>Throws if a time is negative and not infinite.</summary>
    public static void Check(TimeSpan delay)
    {
        if (delay < TimeSpan.Zero && delay != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(
                nameof(delay), delay, "A time must not be negative. TimeSpan.Zero means the loop's next pass, and Timeout.InfiniteTimeSpan means never.");
        }
    }

    /// <summary>Triggers an event after a time. The timer is removed if the event completes before.</summary>
    public void Trigger(Event e, TimeSpan delay)
    {
        Check(delay);
        if (delay == Timeout.InfiniteTimeSpan)
            return;
        ref var cell = ref e.CellHere();
        if (!Unsafe.IsNullRef(ref cell))
            Set(delay, e, ref cell, LimitOrHint.At(ref cell));
        else if (e.IsPending)
            Set(delay, e, default); // an event of another loop
    }

    /// <summary>Does the same for an event of this loop whose only handle is this.</summary>
    public void Trigger(KeptEvent e, TimeSpan delay)
    {
        Check(delay);
        if (delay == Timeout.InfiniteTimeSpan)
            _ = e.Share();      // no timer keeps the handle, so the event is lost
        else
            Set(delay, e, ref e.Block.First, LimitOrHint.At(ref e.Block.First));
    }

    /// <summary>Fails an event of this loop, which is pending, after a time. The timer is removed if the event completes before.</summary>
    public void Limit(Event e, TimeSpan delay)
    {
        if (delay != Timeout.InfiniteTimeSpan)
            Limit(e, ref e.CellHere(), delay);
    }

    /// <inheritdoc cref="Limit(Event, TimeSpan)"/>
    public void Limit(Event e, ref Cell cell, TimeSpan delay) => Set(delay, e, ref cell, LimitOrHint.Of(delay));

    /// <summary>Expires a timeout after a time. The timer is removed if the event, which is pending and of this loop, completes before.</summary>
    public void Expire(TimeoutHook timeout, Event e, TimeSpan delay)
    {
        if (delay != Timeout.InfiniteTimeSpan)
            timeout.Timer = new TimerNode(Set(delay, e, default, timeout), e.Number);
        Event.OnCompleted(e, timeout);
    }

    /// <summary>The deadline after this number of ticks. Any thread may call this.</summary>
    public long DueOf(long ticks) => clock.Due(TimeSpan.FromTicks(ticks));

    /// <summary>Sets a timer that runs a callback.</summary>
    public TimerNode Set(long due, LoopTimer timer)
    {
        loop.AssertEntered();
        long number = loop.Numbers.TakeWithoutEvent();
        Add(due, out int index).Fill(new Event(null, number), default, timer);
        return new TimerNode(index, number);
    }

    /// <summary>Counts a timer of <see cref="EventLoop.TimeProvider"/> that is set (1) or that has fired or been unset (-1).</summary>
    public void CountWait(LoopTimer timer, int change)
    {
        if (!timer.IsLimit)
            ClockWaits += change;
    }

    /// <summary>Counts a call that the loop's own code invoked: it has begun (1) or ended (-1).</summary>
    public void CountWait(int change) => ClockWaits += change;

    /// <summary>Takes the earliest timer that runs a callback, after the loop has ended. Removes all timers of events that are due before it.</summary>
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

    /// <summary>Removes the timer of an event that completes. Does nothing if the timer has fired.</summary>
    public void Remove(TimerNode timer)
    {
        if (timer.Number != 0)
            Remove(timer.Index, timer.Number);
    }

    /// <inheritdoc cref="Remove(TimerNode)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]  // so that the methods it calls can be inlined into it
    public void Remove(int index, long number)
    {
        loop.AssertEntered();
        ref var action = ref At(index);
        if (Unsafe.IsNullRef(ref action) || !action.IsOf(number))
            return;
        action.ReturnLifeline();
        RemoveAt(index, ref action);
    }

    private int Set(TimeSpan delay, LoopHandle e, LimitOrHint detail, Linked? action = null)
    {
        loop.AssertEntered();
        int index;
        if (delay.Ticks >= Long && TakesUndated)
            AddUndated(delay.Ticks, out index).Fill(e, detail, action);
        else
            AddExactly(delay, out index).Fill(e, detail, action);
        return index;
    }

    /// <summary>Sets a timer of an event. The event's cell has a place for its first timer; further timers need hooks.</summary>
    private void Set(TimeSpan delay, LoopHandle e, ref Cell cell, LimitOrHint detail)
    {
        int index = Set(delay, e, detail);
        if (!cell.Timer.IsSet)
            cell.Timer = new OptionalIndex(index);
        else
            e.OnCompleted(TimerHook.Rent(loop, new TimerNode(index, e.Number)));
    }
}

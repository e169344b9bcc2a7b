using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>Sets time limits for events.</summary>
public static class Timeouts
{
    /// <summary>Fails the event with a <see cref="TimeoutException"/> if it is still pending after a time.</summary>
    /// <param name="e">The event.</param>
    /// <param name="delay">The time. <see cref="Timeout.InfiniteTimeSpan"/> means never.</param>
    /// <returns>The same event.</returns>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite.</exception>
    public static Event WithTimeout(this Event e, TimeSpan delay)
    {
        Limit(e, delay);
        return e;
    }

    /// <inheritdoc cref="WithTimeout(Event, TimeSpan)"/>
    /// <typeparam name="T">The type of the value.</typeparam>
    public static Event<T> WithTimeout<T>(this Event<T> e, TimeSpan delay)
    {
        Limit(e.Unblocker, delay);
        return e;
    }

    /// <inheritdoc cref="WithTimeout(Event, TimeSpan)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    public static Event<T1, T2> WithTimeout<T1, T2>(this Event<T1, T2> e, TimeSpan delay)
    {
        Limit(e.Unblocker, delay);
        return e;
    }

    /// <inheritdoc cref="WithTimeout(Event, TimeSpan)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    public static Event<T1, T2, T3> WithTimeout<T1, T2, T3>(this Event<T1, T2, T3> e, TimeSpan delay)
    {
        Limit(e.Unblocker, delay);
        return e;
    }

    /// <inheritdoc cref="WithTimeout(Event, TimeSpan)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    public static Event<T1, T2, T3, T4> WithTimeout<T1, T2, T3, T4>(this Event<T1, T2, T3, T4> e, TimeSpan delay)
    {
        Limit(e.Unblocker, delay);
        return e;
    }

    /// <summary>Unblocks the event, without writing its slot, if it is still pending after a time, and reports whether it was in time.</summary>
    /// <param name="e">The event.</param>
    /// <param name="delay">The time. <see cref="Timeout.InfiniteTimeSpan"/> means never.</param>
    /// <param name="inTime">
    /// Triggered with false just before the event is unblocked, or with true if something else completes the event first or its loop ends.
    /// </param>
    /// <returns>The same event.</returns>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite.</exception>
    public static Event WithTimeout(this Event e, TimeSpan delay, Event<bool> inTime)
    {
        Limit(e, delay, inTime);
        return e;
    }

    /// <inheritdoc cref="WithTimeout(Event, TimeSpan, Event{bool})"/>
    /// <typeparam name="T">The type of the value.</typeparam>
    public static Event<T> WithTimeout<T>(this Event<T> e, TimeSpan delay, Event<bool> inTime)
    {
        Limit(e.Unblocker, delay, inTime);
        return e;
    }

    /// <inheritdoc cref="WithTimeout(Event, TimeSpan, Event{bool})"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    public static Event<T1, T2> WithTimeout<T1, T2>(this Event<T1, T2> e, TimeSpan delay, Event<bool> inTime)
    {
        Limit(e.Unblocker, delay, inTime);
        return e;
    }

    /// <inheritdoc cref="WithTimeout(Event, TimeSpan, Event{bool})"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    public static Event<T1, T2, T3> WithTimeout<T1, T2, T3>(this Event<T1, T2, T3> e, TimeSpan delay, Event<bool> inTime)
    {
        Limit(e.Unblocker, delay, inTime);
        return e;
    }

    /// <inheritdoc cref="WithTimeout(Event, TimeSpan, Event{bool})"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    public static Event<T1, T2, T3, T4> WithTimeout<T1, T2, T3, T4>(this Event<T1, T2, T3, T4> e, TimeSpan delay, Event<bool> inTime)
    {
        Limit(e.Unblocker, delay, inTime);
        return e;
    }

    /// <summary>Sets a limit for an event that is pending on this thread's loop.</summary>
    internal static void Add(EventLoop loop, Event e, TimeSpan delay, Event<bool>? inTime)
    {
        if (inTime is not { } told)
        {
            loop.Timers.Limit(e, delay);
            return;
        }
        loop.Timers.Expire(TimeoutHook.Rent(loop, e, told), e, delay);
        if (told.Lifeline is { } lifeline && !ReferenceEquals(lifeline.Loop, loop) && !DetachedEvent.Is(lifeline))
            AdapterHook.Attach(e, new EndHook(told));
    }

    private static void Limit(Event e, TimeSpan delay)
    {
        if (delay > TimeSpan.Zero && e.Lifeline is { } lifeline && LoopThread.HasEntered(lifeline.Loop))
        {
            ref var cell = ref lifeline.Peek(e.Number);
            if (!Unsafe.IsNullRef(ref cell))
            {
                lifeline.Loop.Timers.Limit(e, ref cell, delay);
                return;
            }
        }
        LimitAcross(e, delay);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LimitAcross(Event e, TimeSpan delay) => Limit(e, delay, null);

    private static void Limit(Event e, TimeSpan delay, Event<bool>? inTime)
    {
        var here = LoopThread.Current ?? throw Errors.NoLoop();
        LoopTimers.Check(delay);
        var loop = e.Loop;
        if (loop is null || !e.IsPending)
            inTime?.Trigger(true);
        else if (ReferenceEquals(loop, here))
            Add(loop, e, delay, inTime);
        else if (!loop.Send(new TimeoutMessage(e, delay, inTime)))
            inTime?.Trigger(true);
    }

    /// <summary>Triggers an <c>inTime</c> of another loop when the limited event's own loop ends.</summary>
    private sealed class EndHook(Event<bool> inTime) : AdapterHook
    {
        protected override void EventCompleted(EventLoop loop)
        {
        }

        protected override void LoopEnded(EventLoop loop) => inTime.Trigger(true);
    }
}

/// <summary>Carries a time limit to the event's own loop.</summary>
internal sealed class TimeoutMessage(Event e, TimeSpan delay, Event<bool>? inTime) : Message
{
    internal override void Run(EventLoop loop)
    {
        if (e.IsPending)
            Timeouts.Add(loop, e, delay, inTime);
        else
            inTime?.Trigger(true);
    }

    internal override void Drop(EventLoop loop) => inTime?.Trigger(true);
}

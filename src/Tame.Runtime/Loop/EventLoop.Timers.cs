using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>Deadlines: timers and timeouts.</summary>
public sealed partial class EventLoop
{
    /// <summary>What the coarse clock may be behind by: its step is 4 ms here, 16 at most.</summary>
    private const int CoarseMargin = 32;
    private TimerQueue<TimerAction> _timers = new();

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
        if (delay == Timeout.InfiniteTimeSpan)
            return;
        ref var cell = ref e.CellHere();
        if (!Unsafe.IsNullRef(ref cell))
            Set(delay, e, ref cell, new TimerAction(e, ref cell));
        else if (e.IsPending)
            Set(delay, new TimerAction(e)); // another loop's
    }

    /// <summary>Fails an event, which is pending here, after a time; the timer leaves when the event completes otherwise.</summary>
    internal void AddLimit(TimeSpan delay, Event e)
    {
        if (delay != Timeout.InfiniteTimeSpan)
            Set(delay, e, ref e.CellHere(), new TimerAction(e, delay));
    }

    /// <summary>Expires a timeout after a time; the timer leaves when the event, which is pending here, completes otherwise.</summary>
    internal void AddTimeout(TimeSpan delay, Event e, TimeoutHook timeout)
    {
        if (delay != Timeout.InfiniteTimeSpan)
            timeout.Timer = Set(delay, new TimerAction(e, timeout));
        Event.OnCompleted(e, timeout);
    }

    /// <summary>The deadline that lies so many ticks ahead. Any thread may ask.</summary>
    internal long DueOf(long ticks) => _clock.Due(TimeSpan.FromTicks(ticks));

    /// <summary>Sets a timer that calls back.</summary>
    internal TimerNode Set(long due, LoopTimer timer)
    {
        var action = new TimerAction(timer, TakeNumbers(1));
        return action.At(_timers.Add(due, in action));
    }

    /// <summary>Takes the earliest timer that calls back, when the loop has ended; all others leave.</summary>
    internal bool TryTakeTimer(out long due, [NotNullWhen(true)] out LoopTimer? timer)
    {
        while (_timers.NextDue is { } next && _timers.TryPopDue(next, out var action))
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
    internal void Remove(TimerNode timer)
    {
        if (timer.Number != 0)
            RemoveTimer(timer.Index, timer.Number);
    }

    /// <inheritdoc cref="Remove(TimerNode)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]  // inlined, it left no budget for what it calls: 10 ns of a time limit that is cancelled
    internal void RemoveTimer(int index, long number)
    {
        ref readonly var set = ref _timers.At(index);
        if (Unsafe.IsNullRef(in set) || !set.IsOf(number))
            return;
        set.ReturnLifeline();
        _timers.RemoveAt(index);
    }

    private TimerNode Set(TimeSpan delay, in TimerAction action)
    {
        int index = _timers.Add(_clock.Due(delay), in action);
        LookAfter(delay.Ticks);
        return action.At(index);
    }

    /// <summary>The first timer of an event has a place in its cell; further ones need hooks.</summary>
    private void Set(TimeSpan delay, Event e, ref Cell cell, in TimerAction action)
    {
        var timer = Set(delay, in action);
        if (cell.Timer == 0)
            cell.Timer = timer.Index + 1;
        else
            Event.OnCompleted(e, TimerHook.Rent(this, timer));
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
        for (int left; (left = FetchDue(now)) != 0;)
        {
            for (; left != 0 && _timers.TryPopDue(now, out var action); left--)
                action.Fire();
            any = true;
        }
        _nextLook = long.MaxValue;
        if (_timers.NextDue is { } next)
            LookAfter(next - now);
        return any;
    }

    /// <summary>Has the processor fetch the events of the timers that are due next, which otherwise it would wait for one by one. Returns how many.</summary>
    private int FetchDue(long now)
    {
        var due = _timers.PeekDue(now);
        if (due.Length > 1)
        {
            foreach (var entry in due)
            {
                if (entry.IsSet)
                    _timers.At(entry.Node).Prefetch();
            }
        }
        return due.Length;
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// When the loop looks for timers that are due, and when it gives long ones their deadlines: see decision 0054. The exact clock costs more than all else
/// about a timer, and most long ones leave soon after they were set.
/// </summary>
internal sealed partial class LoopTimers
{
    /// <summary>What the coarse clock may be behind by: its step is 4 ms here, 16 at most.</summary>
    private const int CoarseMargin = 32;

    /// <summary>Milliseconds of a time that is long: a step of the coarse clock and a few passes are little beside it.</summary>
    private const int LongMilliseconds = 250;

    private const long Long = LongMilliseconds * TimeSpan.TicksPerMillisecond;

    /// <summary>After the coarse clock has moved, so many passes and long timers read a clock. Where bodies are long, it moves again before that.</summary>
    internal const int MostExact = 16;

    private const int NotRunning = 1 << 30;

    /// <summary>
    /// By the coarse clock, when to read the exact one for timers that are due. A pass with far timers reads only the coarse clock.
    /// </summary>
    private long _nextLook;

    /// <summary>The loop's reading of the coarse clock at the last look.</summary>
    private long _lastLook;

    /// <summary>How many passes and long timers will still read a clock; never zero where there is no coarse clock, or the loop does not run.</summary>
    private int _exact = NotRunning | MostExact;

    /// <summary>Long timers are set without a deadline now.</summary>
    internal bool TakesUndated => _exact == 0;

    /// <summary>Fires all timers that are due. True when there were any.</summary>
    /// <param name="coarse">The loop's reading of the coarse clock, which this brings up to date.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Fire(ref long coarse)
    {
        if (clock.HasCoarse && !MayBeDue(ref coarse))
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

    /// <summary>A run of the loop begins, or the turn of a guest.</summary>
    public void BeginRun() => _exact &= ~NotRunning;

    /// <summary>The run is over: nothing looks until the next one.</summary>
    public void EndRun()
    {
        DateAll();
        _exact |= NotRunning;
    }

    /// <summary>Gives the long timers that have none their deadlines. The loop does so before it sleeps.</summary>
    public void DateAll()
    {
        if (!HasUndated)
            return;
        long now = clock.NowRoundedUp;
        LookAfter(Date(now) - now);
    }

    /// <summary>
    /// Looks at the coarse clock, which the loop itself reads every few passes: more often only where a timer is near, or the clock has just moved.
    /// </summary>
    private bool MayBeDue(ref long coarse)
    {
        if (_exact != 0)
        {
            _exact--;
            coarse = clock.Coarse;
        }
        else if (_nextLook - coarse < LongMilliseconds)
        {
            coarse = clock.Coarse;
        }
        if (coarse != _lastLook)
        {
            _lastLook = coarse;
            _exact = MostExact;
            DateAll();
        }
        return coarse >= _nextLook;
    }

    /// <summary>Sets a timer whose deadline counts from now. Where long ones get theirs so, none is without, so that equal times keep their order.</summary>
    private ref TimerAction AddExactly(TimeSpan delay, out int index)
    {
        if (delay.Ticks >= Long && clock.HasCoarse)
        {
            Debug.Assert(!HasUndated, "A time that is set later would be over earlier.");
            if (_exact < NotRunning)
                _exact--;
        }
        ref var action = ref Add(clock.Due(delay), out index);
        LookAfter(delay.Ticks);
        return ref action;
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

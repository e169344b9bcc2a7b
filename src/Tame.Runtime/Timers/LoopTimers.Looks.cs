using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// Decides when the loop looks for timers that are due, and when it gives long timers their deadlines (decision 0054). Reading the exact clock costs more
/// than everything else about a timer, and most long timers are removed soon after they were set.
/// </summary>
internal sealed partial class LoopTimers
{
    /// <summary>Milliseconds that the coarse clock may be behind. Its step is usually 4 ms, and 16 ms at most.</summary>
    private const int CoarseMargin = 32;

    /// <summary>Milliseconds from which a timer counts as long: a step of the coarse clock and a few passes are short in comparison.</summary>
    private const int LongMilliseconds = 250;

    private const long Long = LongMilliseconds * TimeSpan.TicksPerMillisecond;

    /// <summary>The number of passes and long timers that read a clock after the coarse clock has moved. If bodies run long, the clock moves again before that.</summary>
    internal const int MostExact = 16;

    private const int NotRunning = 1 << 30;

    /// <summary>
    /// The time, by the coarse clock, from which a pass reads the exact clock to find timers that are due. Until then, a pass reads only the coarse clock.
    /// </summary>
    private long _nextLook;

    /// <summary>The loop's reading of the coarse clock at the last look.</summary>
    private long _lastLook;

    /// <summary>The number of passes and long timers that will still read a clock. It is never zero if the clock has no coarse clock or the loop does not run.</summary>
    private int _exact = NotRunning | MostExact;

    /// <summary>Whether long timers are currently set without a deadline.</summary>
    internal bool TakesUndated => _exact == 0;

    /// <summary>Fires all timers that are due. True if there were any.</summary>
    /// <param name="coarse">The loop's reading of the coarse clock. This method updates it.</param>
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

    /// <summary>Called when a run of the loop begins, or the turn of a guest loop.</summary>
    public void BeginRun() => _exact &= ~NotRunning;

    /// <summary>Called when the run is over. Nothing looks for timers until the next run.</summary>
    public void EndRun()
    {
        DateAll();
        _exact |= NotRunning;
    }

    /// <summary>Gives a deadline to each long timer that has none. The loop does so before it sleeps.</summary>
    public void DateAll()
    {
        if (!HasUndated)
            return;
        long now = clock.NowRoundedUp;
        LookAfter(Date(now) - now);
    }

    /// <summary>
    /// Whether a timer may be due, by the coarse clock. The loop reads that clock every few passes; this method reads it more often only if a timer is near or
    /// the clock has just moved.
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

    /// <summary>
    /// Sets a timer whose deadline counts from now. No long timer may lack its deadline while another one is set here, so that equal delays keep their
    /// order.
    /// </summary>
    private ref TimerAction AddExactly(TimeSpan delay, out int index)
    {
        if (delay.Ticks >= Long && clock.HasCoarse)
        {
            Debug.Assert(!HasUndated, "This timer would be due before a timer with the same delay that was set earlier.");
            if (_exact < NotRunning)
                _exact--;
        }
        ref var action = ref Add(clock.Due(delay), out index);
        LookAfter(delay.Ticks);
        return ref action;
    }

    /// <summary>
    /// Plans the look for a timer that is due after this time. The loop's reading of the coarse clock may be old, which only makes the look earlier.
    /// </summary>
    private void LookAfter(long ticks) => _nextLook = Math.Min(_nextLook, loop.Coarse + ticks / TimeSpan.TicksPerMillisecond - CoarseMargin);

    /// <summary>
    /// Makes the processor prefetch the events of the timers that are due next, so that it need not wait for each in turn. Returns their number.
    /// </summary>
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

namespace Tame;

/// <summary>
/// Asks the collector, when a loop is idle with calls blocked, whether any of their events can still be triggered. The first collection makes lifelines
/// suspected, the second shows which of them are lost: both send word to the loop.
/// </summary>
internal sealed class LostEventProbe(LostEventDetection mode, bool isVirtual, ProbeBudget budget)
{
    /// <summary>Milliseconds from a new blocked call to the first look.</summary>
    internal const long Shortest = 100;

    /// <summary>The interval doubles from look to look, up to this.</summary>
    internal const long Longest = 5 * 60 * 1000;

    /// <summary>The least time from a look to the next one for the sake of a new call: a loop that does a little work now and then must not collect each time.</summary>
    internal const long WhenBusy = 2000;

    /// <summary>The least interval while a task is under way.</summary>
    internal const long WithOutsideWork = 1000;

    /// <summary>The least interval of a loop that only another thread can wake: one that is fed now and then must not collect each time.</summary>
    internal const long WhenSilent = 1000;

    /// <summary>Milliseconds until a loop in virtual time, which looks at once, tries again where another loop's look is under way.</summary>
    internal const long Retry = 5;

    /// <summary>Milliseconds between two looks of a loop that looks whenever it is idle.</summary>
    internal const long WhenAggressive = 10;

    private long _retryAt = long.MinValue / 2;
    private long _interval = Shortest;
    private long _due = long.MaxValue;
    private long _last = long.MinValue / 2;

    /// <summary>Milliseconds until the loop should look; zero for now, a negative number for never.</summary>
    public long Due(EventLoop loop)
    {
        if (mode == LostEventDetection.Off)
            return Timeout.Infinite;
        long now = budget.Now;
        bool hasNews = loop.Calls.NewWaits != 0 || loop.Suspicions.HasNew;
        if (isVirtual && hasNews && !loop.IsTimeHeld && loop.Timers.NextDue is null)
            return Math.Max(0, _retryAt - now);
        if (mode == LostEventDetection.Aggressive)
            return hasNews ? Math.Max(0, Math.Max(_retryAt, _last + WhenAggressive) - now) : Timeout.Infinite;
        if (loop.Calls.Unprobed != 0)
        {
            _interval = Shortest;
            _due = Math.Max(_last + WhenBusy, Math.Min(_due, now + Interval(loop)));
        }
        else if (_due == long.MaxValue)
        {
            _due = now + Interval(loop);
        }
        if (loop.Calls.NewWaits != 0 && loop.IsSilent)
            _due = Math.Min(_due, Math.Max(now + Shortest, _last + WhenSilent));
        if (loop.Suspicions.HasNew)
            _due = Math.Min(_due, Math.Max(now, _last + Shortest));
        return Math.Max(0, Math.Max(_due, budget.NotBefore) - now);
    }

    /// <summary>Collects, unless another loop of this process does just now.</summary>
    public void Look(EventLoop loop)
    {
        long now = budget.Now;
        if (!budget.TryCollect(andWait: isVirtual || mode == LostEventDetection.Aggressive))
        {
            _due = now + Shortest;
            _retryAt = now + Retry;
            return;
        }
        loop.MarkProbed();
        _last = now;
        _interval = Math.Min(_interval * 2, Longest);
        _due = now + Interval(loop);
    }

    private long Interval(EventLoop loop) => loop.HasOutsideWork ? Math.Max(_interval, WithOutsideWork) : _interval;
}

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

    /// <summary>Looks in a row, at most, after which something was in reach of finalizers only. Then finalizers keep it alive again and again.</summary>
    private const int MostLooks = 8;

    /// <summary>What the last look found has come to the loop: it waited for finalizers, or a look before it found all there was.</summary>
    private bool _isQuiet;

    /// <summary>Looks since something new began to wait.</summary>
    private int _looks;
    private long _retryAt = long.MinValue / 2;
    private long _interval = Shortest;
    private long _due = long.MaxValue;
    private long _last = long.MinValue / 2;

    /// <summary>A look waits until finalizers have run.</summary>
    private bool Waits => isVirtual || mode == LostEventDetection.Aggressive;

    /// <summary>Milliseconds until the loop should look; zero for now, a negative number for never.</summary>
    public long Due(EventLoop loop)
    {
        if (mode == LostEventDetection.Off)
            return Timeout.Infinite;
        long now = budget.Now;
        bool hasNews = HasNews(loop);
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
        bool hadNews = HasNews(loop);
        if (!budget.TryCollect(andWait: Waits, out bool areFinalized))
        {
            _due = now + Shortest;
            _retryAt = now + Retry;
            return;
        }
        if (isVirtual && !areFinalized)
        {
            _retryAt = now + WhenSilent;        // a finalizer hangs, and others behind it cannot tell of losses
            return;
        }
        _looks = loop.Calls.NewWaits != 0 ? 1 : _looks + 1;
        loop.MarkProbed();
        if (isVirtual && loop.Suspicions.AreOfFinalizers() && _looks < MostLooks)
            loop.Suspicions.HasNew = true;
        _isQuiet = Waits || !hadNews;
        _last = now;
        _interval = Math.Min(_interval * 2, Longest);
        _due = now + Interval(loop);
    }

    /// <summary>No event that is pending now was found lost, by a look whose finalizers have run.</summary>
    public bool IsSettled(EventLoop loop) => !HasNews(loop) && _isQuiet || mode == LostEventDetection.Off && isVirtual;

    /// <summary>Losses are looked for as soon as the loop is idle.</summary>
    public bool IsAggressive => mode == LostEventDetection.Aggressive;

    /// <summary>Whether something waits that no look has seen, or a lifeline is suspected, since this was asked last: for a guest, whose probe is that of the process.</summary>
    public bool TakeNews(EventLoop loop, out bool isSuspected)
    {
        isSuspected = loop.Suspicions.HasNew;
        if (mode == LostEventDetection.Off || !HasNews(loop))
            return false;
        loop.Calls.ForgetNews();
        loop.Suspicions.HasNew = false;
        return true;
    }

    private static bool HasNews(EventLoop loop) => loop.Calls.NewWaits != 0 || loop.Suspicions.HasNew;

    private long Interval(EventLoop loop) => loop.HasOutsideWork ? Math.Max(_interval, WithOutsideWork) : _interval;
}

namespace Tame;

/// <summary>
/// Uses the garbage collector to find out, while a loop is idle and calls wait, whether their events can still be triggered. The first collection makes
/// lifelines suspected, and the second shows which of them are lost. Finalizers report both to the loop. This file calls such a collection a look.
/// </summary>
internal sealed class LostEventProbe(LostEventDetection mode, bool isVirtual, ProbeBudget budget)
{
    /// <summary>Milliseconds from a new waiting call to the first look.</summary>
    internal const long Shortest = 100;

    /// <summary>The interval, in milliseconds, doubles from look to look, up to this value.</summary>
    internal const long Longest = 5 * 60 * 1000;

    /// <summary>
    /// The shortest time from a look to the next look for a new call, so that a loop with a little work from time to time does not collect each time.
    /// </summary>
    internal const long WhenBusy = 2000;

    /// <summary>The shortest interval while the loop has outside work, such as a task.</summary>
    internal const long WithOutsideWork = 1000;

    /// <summary>
    /// The shortest interval for a loop that only another thread can wake, so that a loop with occasional messages does not collect each time.
    /// </summary>
    internal const long WhenSilent = 1000;

    /// <summary>
    /// Milliseconds after which a loop in virtual time, which looks as soon as it is idle, tries again if another loop's look is in progress.
    /// </summary>
    internal const long Retry = 5;

    /// <summary>The shortest time, in milliseconds, between two looks of a loop that looks whenever it is idle.</summary>
    internal const long WhenAggressive = 10;

    /// <summary>
    /// The maximum number of successive looks that find lifelines which only finalizers can reach. After that, finalizers keep them alive again and again.
    /// </summary>
    private const int MostLooks = 8;

    /// <summary>
    /// Whether the loop has all results of the last look: that look waited for finalizers, or an earlier look had already found everything.
    /// </summary>
    private bool _isQuiet;

    /// <summary>The number of looks since something new began to wait.</summary>
    private int _looks;
    private long _retryAt = long.MinValue / 2;
    private long _interval = Shortest;
    private long _due = long.MaxValue;
    private long _last = long.MinValue / 2;

    /// <summary>Whether a look waits until finalizers have run.</summary>
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

    /// <summary>Starts a collection, unless another loop of this process has one in progress.</summary>
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
            _retryAt = now + WhenSilent;        // a finalizer hangs, so that those after it cannot report lost events
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

    /// <summary>Whether a look, whose finalizers have run, has found none of the pending events lost.</summary>
    public bool IsSettled(EventLoop loop) => !HasNews(loop) && _isQuiet || mode == LostEventDetection.Off && isVirtual;

    /// <summary>Whether the loop looks for lost events as soon as it is idle.</summary>
    public bool IsAggressive => mode == LostEventDetection.Aggressive;

    /// <summary>
    /// For a guest, whose looks <see cref="Guests.GuestProbe"/> makes: whether something new waits, or a lifeline has become suspected, since the last call.
    /// </summary>
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

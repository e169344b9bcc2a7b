namespace Tame.Guests;

/// <summary>
/// Looks for lost events in all guests of a process. A guest only reports that something new waits in it, because one timer for each guest would wake thousands
/// of idle guests. If a look finds lost events, finalizers wake the guests concerned. Any thread may use it.
/// </summary>
internal sealed class GuestProbe : IDisposable
{
    /// <summary>
    /// The longest time, in milliseconds, that a look is postponed while guests report new waits. Such guests are busy, and a busy loop with its own thread
    /// does not look either.
    /// </summary>
    private const int LongestDelay = 10_000;

    private readonly ProbeBudget _budget;
    private readonly Timer _timer;
    private readonly Lock _lock = new();

    /// <summary>Whether a look is needed, and since when.</summary>
    private bool _hasNews;
    private long _newsSince;

    /// <summary>Whether a guest has reported new waits since the timer was set.</summary>
    private bool _hasMore;
    private bool _isSet;
    private long _due;
    private long _last = long.MinValue / 2;
    private long _interval = LostEventProbe.Shortest;

    public GuestProbe(ProbeBudget budget)
    {
        _budget = budget;
        _timer = Alarms.Make(static probe => ((GuestProbe)probe!).OnTime(), this, Timeout.InfiniteTimeSpan);
    }

    public static GuestProbe OfProcess { get; } = new(ProbeBudget.OfProcess);

    public void Dispose() => _timer.Dispose();

    /// <summary>Requests a look, because something waits in a guest that no look has seen, or lifelines of the guest are suspected.</summary>
    /// <param name="isSuspected">Whether lifelines are suspected: the next look may show that they are lost.</param>
    /// <param name="isAggressive">Whether the guest's options request a look as soon as it is idle.</param>
    public void Ask(bool isSuspected, bool isAggressive)
    {
        if (Volatile.Read(ref _hasNews) && !isSuspected && !isAggressive)
        {
            if (!_hasMore)
                _hasMore = true;
            return;
        }
        lock (_lock)
        {
            long now = _budget.Now;
            if (!_hasNews)
                _newsSince = now;
            _hasNews = true;
            _interval = LostEventProbe.Shortest;
            if (isAggressive)
                SetFor(Math.Max(now, _last + LostEventProbe.WhenAggressive), now);
            else if (isSuspected)
                SetFor(Math.Max(_budget.NotBefore, _last + LostEventProbe.Shortest), now);
            else
                SetFor(Math.Max(Math.Max(_budget.NotBefore, now + LostEventProbe.Shortest), _last + LostEventProbe.WhenBusy), now);
        }
    }

    private void SetFor(long due, long now)
    {
        if (_isSet && due >= _due)
            return;
        (_isSet, _due) = (true, due);
        _timer.Change(Math.Max(0, due - now), Timeout.Infinite);
    }

    private void OnTime()
    {
        long now = _budget.Now;
        bool hadNews;
        lock (_lock)
        {
            _isSet = false;
            if (_hasMore && now - _newsSince < LongestDelay)
            {
                _hasMore = false;
                SetFor(now + LostEventProbe.Shortest, now);
                return;
            }
            hadNews = _hasNews;
            _hasNews = _hasMore = false;        // before the collection, which may not see what is new from here on
        }
        bool hasLooked = _budget.TryCollect(andWait: false, out _);
        lock (_lock)
            Follow(now, hasLooked, hadNews);
    }

    /// <summary>Plans the next look.</summary>
    private void Follow(long now, bool hasLooked, bool hadNews)
    {
        if (!hasLooked)
        {
            _hasNews |= hadNews;
            SetFor(now + LostEventProbe.Retry, now);
            return;
        }
        _last = now;
        _interval = Math.Min(_interval * 2, LostEventProbe.Longest);
        if (LiveGuests.Any)
            SetFor(Math.Max(now + _interval, _budget.NotBefore), now);
    }
}

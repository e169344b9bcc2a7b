namespace Tame.Guests;

/// <summary>
/// Looks for lost events in all guests of a process. A guest says once that something new waits in it; thousands of timers would wake guests that are idle.
/// What a look finds wakes the guests that it concerns, as finalizers do. Any thread.
/// </summary>
internal sealed class GuestProbe : IDisposable
{
    /// <summary>Milliseconds that a look waits at most while guests go on to have news: they are busy, and a loop with a thread does not look then either.</summary>
    private const int LongestDelay = 10_000;

    private readonly ProbeBudget _budget;
    private readonly Timer _timer;
    private readonly Lock _lock = new();

    /// <summary>Something is to be looked for, since then.</summary>
    private bool _hasNews;
    private long _newsSince;

    /// <summary>Some guest had more news since the timer was set.</summary>
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

    /// <summary>Something waits in a guest that no look has seen, or lifelines of it are suspected.</summary>
    /// <param name="isSuspected">They are: the next look may show their loss.</param>
    /// <param name="isAggressive">The guest's options ask for a look as soon as it is idle.</param>
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
            _hasNews = _hasMore = false;        // before the collection: what is new from here on it may not see
        }
        bool hasLooked = _budget.TryCollect(andWait: false, out _);
        lock (_lock)
            Follow(now, hasLooked, hadNews);
    }

    /// <summary>Sees to the next look.</summary>
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

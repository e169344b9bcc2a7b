namespace Tame.Stages;

/// <summary>One class of requests: its rate of admission, and its measurements.</summary>
internal sealed class AdmittedClass
{
    private const long None = long.MinValue;
    private readonly OverloadOptions _options;
    private readonly ResponseWindow _window;
    private readonly TimeSpan _target;
    private readonly TimeSpan _shortest;
    private readonly TimeSpan _longest;
    private readonly AdmissionHistory _history = new();
    private TokenBucket _bucket;
    private double _response;
    private double _expected;
    private double _completions;
    private double _refusals;
    private int _refused;
    private bool _isStalled;
    private long _askedAt = None;
    private long _unansweredSince = None;
    private long _limitedSince = None;

    public AdmittedClass(OverloadOptions options, TimeSpan target)
    {
        _options = options;
        _target = target;
        // Longer than the time in which requests of one batch end, and short compared with the time in which the queue changes.
        _longest = options.Window ?? target / 2;
        _shortest = IsPaper ? TimeSpan.Zero : target / 4 < _longest ? target / 4 : _longest;
        _window = new ResponseWindow(options.Samples, options.Percentile);
        _bucket = new TokenBucket(options.InitialRate, Depth(options.InitialRate));
    }

    public double Rate => _bucket.Rate;

    public double Tokens => _bucket.Tokens;

    /// <summary>The percentile of the response time, smoothed.</summary>
    public TimeSpan ResponseTime => TimeSpan.FromTicks((long)_response);

    /// <summary>The response time of a request that is admitted now, as a multiple of the target.</summary>
    public double Excess => _expected / _target.Ticks;

    private bool IsPaper => _options.Gain == 0;

    /// <summary>Whether requests of this class came recently.</summary>
    public bool IsAsked(TimeSpan now) => _askedAt != None && now.Ticks - _askedAt <= (_longest + _target).Ticks;

    public bool TryAdmit(TimeSpan now)
    {
        _askedAt = now.Ticks;
        if (!_bucket.TryTake(now))
        {
            _refused++;
            return false;
        }
        if (_unansweredSince == None)
        {
            _unansweredSince = now.Ticks;
            // A time without requests does not show how many can be served.
            if (_window.Count == 0)
                Open(now);
        }
        _history.Add();
        return true;
    }

    public void Observe(TimeSpan responseTime, TimeSpan now)
    {
        // The time of a stall does not show how many are answered after it.
        if (_isStalled)
            Open(now);
        _window.Add(responseTime);
        _unansweredSince = None;
        _isStalled = false;
    }

    /// <summary>How long a refused client should wait: the time until the next token, or the time in which the requests that were refused in the last second could be admitted, whichever is longer.</summary>
    public TimeSpan RetryAfter(TimeSpan now)
    {
        var spread = TimeSpan.FromSeconds(Math.Min(_refusals / Rate, _options.MaxRetryAfter.TotalSeconds));
        var token = _bucket.Wait(now);
        var wait = token > spread ? token : spread;
        return wait < _options.MaxRetryAfter ? wait : _options.MaxRetryAfter;
    }

    /// <summary>Whether the window has enough data for a decision.</summary>
    public bool IsDue(TimeSpan now)
    {
        if (_window.Count == 0)
            return false;
        var passed = now - _window.OpenedAt;
        return passed >= _longest || _window.IsFull && passed >= _shortest;
    }

    /// <summary>Whether a request was admitted, and nothing has been answered for longer than the target.</summary>
    public bool IsStalled(TimeSpan now) => !IsPaper && _unansweredSince != None && now.Ticks - _unansweredSince > _target.Ticks * Math.Max(1, _options.High);

    /// <summary>Evaluates the window, opens the next one, and returns what a decision needs.</summary>
    public RateMeasurement Measure(TimeSpan now)
    {
        var length = now - _window.OpenedAt;
        double seconds = Math.Max(length.TotalSeconds, 1e-7);
        bool isFirst = _completions == 0 && !IsPaper;
        double completions = _window.Count / seconds;
        _completions = Smooth(_completions, completions, isFirst);
        double response = _window.Percentile();
        _response = Smooth(_response, response, isFirst);
        _expected = IsPaper ? _response : Smooth(_expected, Math.Max(0, response + Ahead(response, now)), isFirst);
        _refusals = _refused / seconds;
        _limitedSince = _refused == 0 ? None : _limitedSince == None ? _window.OpenedAt.Ticks : _limitedSince;
        _refused = 0;
        Open(now);
        return new RateMeasurement
        {
            Rate = Rate,
            LastCompletions = completions,
            Completions = _completions,
            IsLimited = _limitedSince != None,
            IsLimitedForLong = _limitedSince != None && now.Ticks - _limitedSince > (_target + length).Ticks,
            Sluggishness = length * (0.5 + _options.Smoothing / (1 - _options.Smoothing)) / _target,
        };
    }

    /// <summary>Sets the number of requests admitted per second from now on, within the bounds.</summary>
    public void Admit(double rate, TimeSpan now)
    {
        rate = Math.Clamp(rate, _options.MinRate, _options.MaxRate);
        _bucket.Set(rate, Depth(rate), now);
    }

    /// <summary>Lowers the rate because nothing is answered. The next stall begins to count now.</summary>
    public void GiveWay(TimeSpan now)
    {
        _response = Math.Max(_response, now.Ticks - _unansweredSince);
        _expected = Math.Max(_expected, _response);
        _isStalled = true;
        _unansweredSince = now.Ticks;
        Admit(Rate / _options.Divisor, now);
    }

    private void Open(TimeSpan now)
    {
        _window.Open(now);
        _history.Mark(now);
    }

    /// <summary>
    /// How much longer a request that is admitted now will take than the one that is answered now. After that one was admitted, more requests were admitted than are answered in the time
    /// that it took. In ticks; differences that may be chance do not count.
    /// </summary>
    private double Ahead(double response, TimeSpan now)
    {
        double admitted = _history.Since(now.Ticks - response, now);
        double answered = _completions * response / TimeSpan.TicksPerSecond;
        double more = admitted - answered;
        double chance = Math.Sqrt(admitted + answered);
        return Math.Sign(more) * Math.Max(0, Math.Abs(more) - chance) / _completions * TimeSpan.TicksPerSecond;
    }

    private double Smooth(double before, double seen, bool isFirst) => isFirst ? seen : _options.Smoothing * before + (1 - _options.Smoothing) * seen;

    private double Depth(double rate) => _options.Depth ?? Math.Max(10, rate * _target.TotalSeconds / 10);
}

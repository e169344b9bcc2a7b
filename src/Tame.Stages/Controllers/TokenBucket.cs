namespace Tame.Stages;

/// <summary>Gains tokens at a rate, and keeps up to its depth of them.</summary>
internal struct TokenBucket(double rate, double depth)
{
    // The largest error that rounding may make in a token.
    private const double Whole = 1 - 1e-9;
    private double _depth = depth;
    private long _filledAt;

    public double Rate { get; private set; } = rate;

    public double Tokens { get; private set; } = depth;

    public bool TryTake(TimeSpan now)
    {
        Fill(now);
        if (Tokens < Whole)
            return false;
        Tokens = Math.Max(0, Tokens - 1);
        return true;
    }

    /// <summary>Changes rate and depth from now on.</summary>
    public void Set(double rate, double depth, TimeSpan now)
    {
        Fill(now);
        (Rate, _depth, Tokens) = (rate, depth, Math.Min(Tokens, depth));
    }

    /// <summary>The time until there is a token, but at most the longest time span.</summary>
    public TimeSpan Wait(TimeSpan now)
    {
        Fill(now);
        double ticks = Math.Ceiling((1 - Tokens) / Rate * TimeSpan.TicksPerSecond);
        return ticks <= 0 ? TimeSpan.Zero : ticks < long.MaxValue ? TimeSpan.FromTicks((long)ticks) : TimeSpan.MaxValue;
    }

    private void Fill(TimeSpan now)
    {
        long passed = now.Ticks - _filledAt;
        if (passed <= 0)
            return;
        _filledAt = now.Ticks;
        Tokens = Math.Min(_depth, Tokens + Rate * passed / TimeSpan.TicksPerSecond);
    }
}

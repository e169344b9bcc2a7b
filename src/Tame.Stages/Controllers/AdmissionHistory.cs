namespace Tame.Stages;

/// <summary>Records how many requests were admitted at which times. The number admitted after the request that is answered now is the number still unanswered.</summary>
internal sealed class AdmissionHistory
{
    private const int Length = 64;
    private readonly long[] _times = new long[Length];
    private readonly long[] _counts = new long[Length];
    private long _admitted;
    private int _next = 1;
    private int _kept = 1;

    public void Add() => _admitted++;

    /// <summary>Records the number up to now.</summary>
    public void Mark(TimeSpan now)
    {
        (_times[_next], _counts[_next]) = (now.Ticks, _admitted);
        _next = (_next + 1) % Length;
        _kept = Math.Min(_kept + 1, Length);
    }

    /// <summary>The number of requests admitted since a time. A time between two marks counts in proportion.</summary>
    /// <param name="ticks">The time. If it is before the first kept mark, that mark counts.</param>
    /// <param name="now">The time now.</param>
    public double Since(double ticks, TimeSpan now)
    {
        double laterTime = now.Ticks, laterCount = _admitted;
        for (int i = 1; i <= _kept; i++)
        {
            int at = (_next - i + Length) % Length;
            if (_times[at] <= ticks)
            {
                double share = laterTime > _times[at] ? (laterTime - ticks) / (laterTime - _times[at]) : 0;
                return _admitted - laterCount + share * (laterCount - _counts[at]);
            }
            (laterTime, laterCount) = (_times[at], _counts[at]);
        }
        return _admitted - laterCount;
    }
}

namespace Tame.Stages;

/// <summary>The latest response times of a class of requests, and their number since the window was opened.</summary>
internal sealed class ResponseWindow(int samples, double percentile)
{
    private readonly long[] _latest = new long[samples];
    private readonly long[] _sorted = new long[samples];
    private int _next;

    public TimeSpan OpenedAt { get; private set; }

    public int Count { get; private set; }

    public bool IsFull => Count >= _latest.Length;

    public void Add(TimeSpan responseTime)
    {
        _latest[_next] = responseTime.Ticks;
        _next = _next + 1 == _latest.Length ? 0 : _next + 1;
        Count++;
    }

    /// <summary>The percentile of the response times in the window, in ticks. The window must not be empty. If there were more than the window holds, only the latest count.</summary>
    public double Percentile()
    {
        int count = Math.Min(Count, _latest.Length);
        var sorted = _sorted.AsSpan(0, count);
        _latest.AsSpan(0, count).CopyTo(sorted);
        sorted.Sort();
        return sorted[Math.Min(count - 1, (int)(percentile * count))];
    }

    public void Open(TimeSpan now) => (OpenedAt, Count, _next) = (now, 0, 0);
}

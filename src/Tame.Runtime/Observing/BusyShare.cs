using System.Diagnostics;

namespace Tame;

/// <summary>Which share of the time between two measurements a loop was busy. Any thread. The dashboard compiles it, too.</summary>
/// <param name="busy">How long the loop has been busy so far.</param>
internal sealed class BusyShare(TimeSpan busy = default)
{
    /// <summary>Measurements that follow each other more closely, of two listeners, get one value.</summary>
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private long _measured = Stopwatch.GetTimestamp();
    private TimeSpan _busy = busy;
    private double _share;

    /// <summary>From zero to one.</summary>
    /// <param name="now">How long the loop has been busy so far.</param>
    public double Measure(TimeSpan now)
    {
        lock (_lock)
        {
            long at = Stopwatch.GetTimestamp();
            var elapsed = Stopwatch.GetElapsedTime(_measured, at);
            if (elapsed < s_shortest)
                return _share;
            _share = Math.Clamp((now - _busy) / elapsed, 0, 1);
            (_measured, _busy) = (at, now);
            return _share;
        }
    }
}

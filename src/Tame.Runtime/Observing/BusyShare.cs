using System.Diagnostics;

namespace Tame;

/// <summary>
/// Measures the share of the time between two measurements in which a loop was busy. Any thread may use it. The dashboard also compiles this file.
/// </summary>
/// <param name="busy">How long the loop has been busy so far.</param>
internal sealed class BusyShare(TimeSpan busy = default)
{
    /// <summary>Closer measurements, such as those of two listeners, get the same value.</summary>
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private long _measured = Stopwatch.GetTimestamp();
    private TimeSpan _busy = busy;
    private double _share;

    /// <summary>The share, from zero to one.</summary>
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

using System.Diagnostics;

namespace Tame;

/// <summary>Which share of the time between two measurements a loop was busy. Any thread.</summary>
internal sealed class BusyShare
{
    /// <summary>Measurements that follow each other more closely, of two listeners, get one value.</summary>
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private long _measured = Stopwatch.GetTimestamp();
    private TimeSpan _busy;
    private double _share;

    /// <summary>From zero to one.</summary>
    public double Measure(in BusyTime time)
    {
        lock (_lock)
        {
            long now = Stopwatch.GetTimestamp();
            var elapsed = Stopwatch.GetElapsedTime(_measured, now);
            if (elapsed < s_shortest)
                return _share;
            var busy = time.Read();
            _share = Math.Clamp((busy - _busy) / elapsed, 0, 1);
            (_measured, _busy) = (now, busy);
            return _share;
        }
    }
}

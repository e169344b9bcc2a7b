namespace Knot;

/// <summary>The counters of all loops of the process. A loop writes its own without a lock; any thread reads them.</summary>
internal sealed class Totals
{
    private readonly Lock _lock = new();
    private volatile Stats[] _loops = [];

    /// <summary>When the first loop began to serve, as a timestamp of the loops' clock.</summary>
    public long Start { get; private set; }

    public int Loops => _loops.Length;

    /// <summary>Answered requests.</summary>
    public long Requests => _loops.Sum(static stats => stats.RequestsSeen);

    /// <summary>Open connections.</summary>
    public int Active => _loops.Sum(static stats => stats.ActiveSeen);

    /// <summary>A loop begins to serve.</summary>
    public void Add(Stats stats, long now)
    {
        lock (_lock)
        {
            if (_loops.Length == 0)
                Start = now;
            _loops = [.. _loops, stats];
        }
    }
}

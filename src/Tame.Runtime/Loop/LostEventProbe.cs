namespace Tame;

/// <summary>
/// Asks the collector, when a loop is idle with calls blocked, whether any of their events can still be triggered. The finalizers of lost
/// tokens post to the inbox; nobody waits for them.
/// </summary>
internal sealed class LostEventProbe(bool atOnce)
{
    private const long Shortest = 100;
    private const long Longest = 5 * 60 * 1000;
    private const long WithOutsideWork = 1000;

    /// <summary>A probe may take one part in this many of wall time.</summary>
    private const long Share = 100;
    private static int s_looking;

    /// <summary>No loop of this process looks before this time, in milliseconds of the system.</summary>
    internal static long NotBefore;
    private long _interval = Shortest;
    private long _due = long.MaxValue;

    /// <summary>Milliseconds until the loop should look; zero for now.</summary>
    public long Due(EventLoop loop)
    {
        long now = Environment.TickCount64;
        if (atOnce && loop.NewWaits != 0 && !loop.IsTimeHeld && loop.NextDue is null)
            return 0;
        if (loop.Unprobed != 0)
        {
            _interval = Shortest;
            _due = Math.Min(_due, now + Interval(loop));
        }
        else if (_due == long.MaxValue)
        {
            _due = now + Interval(loop);
        }
        return Math.Max(0, Math.Max(_due, Volatile.Read(ref NotBefore)) - now);
    }

    /// <summary>Collects, unless another loop of this process does just now.</summary>
    public void Look(EventLoop loop)
    {
        long start = Environment.TickCount64;
        if (Interlocked.Exchange(ref s_looking, 1) != 0)
        {
            _due = start + Shortest;
            return;
        }
        GC.Collect();
        long end = Environment.TickCount64;
        Volatile.Write(ref NotBefore, end + (end - start) * (Share - 1));
        Volatile.Write(ref s_looking, 0);
        loop.MarkProbed();
        _due = end + Interval(loop);
        _interval = Math.Min(_interval * 2, Longest);
    }

    private long Interval(EventLoop loop) => loop.HasOutsideWork ? Math.Max(_interval, WithOutsideWork) : _interval;
}

namespace Tame.Guests;

/// <summary>
/// Sees that no guest waits long for the turn of another one that computes or blocks: while turns follow each other on threads of the pool, it looks at those threads every few
/// milliseconds. Any thread.
/// </summary>
internal static class PoolWatch
{
    /// <summary>Milliseconds between two looks.</summary>
    private const int Interval = 5;
    private static readonly Lock s_lock = new();
    private static readonly List<WeakReference<PoolTurns>> s_threads = [];
    private static readonly Timer s_timer = Alarms.Make(static _ => Look(), s_threads, Timeout.InfiniteTimeSpan);

    /// <summary>Not zero while the timer is set.</summary>
    private static int s_isSet;

    public static void Add(PoolTurns thread)
    {
        lock (s_lock)
            s_threads.Add(new WeakReference<PoolTurns>(thread));
    }

    /// <summary>A guest is to follow. Comes behind that.</summary>
    public static void Begin()
    {
        if (Volatile.Read(ref s_isSet) == 0 && Interlocked.Exchange(ref s_isSet, 1) == 0)
            s_timer.Change(Interval, Timeout.Infinite);
    }

    private static void Look()
    {
        if (AnyActive())
        {
            s_timer.Change(Interval, Timeout.Infinite);
            return;
        }
        Interlocked.Exchange(ref s_isSet, 0);
        Interlocked.MemoryBarrierProcessWide();     // who makes a guest follow reads the mark behind that, without a fence
        if (AnyActive())
            Begin();
    }

    /// <summary>The threads of the pool come and go; those that have ended are forgotten.</summary>
    private static bool AnyActive()
    {
        bool any = false;
        lock (s_lock)
        {
            for (int i = s_threads.Count - 1; i >= 0; i--)
            {
                if (s_threads[i].TryGetTarget(out var thread))
                    any |= thread.Look();
                else
                    s_threads.RemoveAt(i);
            }
        }
        return any;
    }
}

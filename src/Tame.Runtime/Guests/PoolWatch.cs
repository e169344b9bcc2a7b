namespace Tame.Guests;

/// <summary>
/// Ensures that no guest waits long for the turn of another guest that computes or blocks. While turns follow each other on threads of the pool, it looks at
/// those threads every few milliseconds. Any thread may use it.
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

    /// <summary>Starts the watch. Call it after a guest was kept to follow.</summary>
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
        Interlocked.MemoryBarrierProcessWide();     // the thread that keeps a guest then reads s_isSet without a fence
        if (AnyActive())
            Begin();
    }

    /// <summary>Looks at all threads, and removes those that have ended.</summary>
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

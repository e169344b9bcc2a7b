namespace Tame;

/// <summary>The loops of this process that have not ended, in the order of making. Any thread.</summary>
internal static class LiveLoops
{
    private static readonly Lock s_lock = new();
    private static readonly List<WeakReference<EventLoop>> s_all = [];
    private static int s_made;

    /// <summary>A loop is made. Returns its number, from one.</summary>
    public static int Add(EventLoop loop)
    {
        lock (s_lock)
        {
            s_all.Add(new WeakReference<EventLoop>(loop));
            return ++s_made;
        }
    }

    /// <summary>A loop has ended; those that the collector took without one go with it.</summary>
    public static void Remove(EventLoop ended)
    {
        lock (s_lock)
            s_all.RemoveAll(reference => !reference.TryGetTarget(out var loop) || ReferenceEquals(loop, ended));
    }

    public static List<EventLoop> All()
    {
        var loops = new List<EventLoop>();
        lock (s_lock)
        {
            foreach (var reference in s_all)
            {
                if (reference.TryGetTarget(out var loop) && !loop.IsEnded)
                    loops.Add(loop);
            }
        }
        return loops;
    }
}

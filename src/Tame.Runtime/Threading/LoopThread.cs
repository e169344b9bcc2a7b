using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>The loop of each thread.</summary>
internal static class LoopThread
{
    /// <summary>
    /// The loop that began to run last, on whatever thread: mostly the one that is asked for, and read faster than the thread's own variable.
    /// </summary>
    private static EventLoop? s_last;

    [ThreadStatic]
    private static EventLoop? t_current;

    [ThreadStatic]
    private static EventLoop? t_newest;

    /// <summary>Of the loops that were made on this thread and have not ended, the last: it is current while none runs.</summary>
    public static EventLoop? Newest
    {
        get => t_newest;
        private set => t_newest = value;
    }

    public static EventLoop? Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => s_last is { IsHere: true } last ? last : t_current;
        set => t_current = value;
    }

    /// <summary>There is enough of this thread's stack left for a call that may be one of very many.</summary>
    public static bool HasRoom
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => s_last is { IsHere: true } || HasRoomBelow();
    }

    /// <summary>
    /// This code has entered the loop: the loop is current on its thread. It is the one question that decides whether code may touch what belongs to a loop, or sends
    /// a message; so a loop that runs in turns on several threads asks no other.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasEntered(EventLoop loop) => loop.IsHere || ReferenceEquals(loop, t_current);

    /// <summary>A loop was made on this thread, and is current.</summary>
    public static void Add(EventLoop made)
    {
        made.Previous = Newest;
        Newest = Current = made;
    }

    /// <summary>A loop of this thread ends, in whatever order.</summary>
    public static void Remove(EventLoop ended)
    {
        if (ReferenceEquals(Newest, ended))
        {
            Newest = ended.Previous;
        }
        else
        {
            var later = Newest!;
            while (!ReferenceEquals(later.Previous, ended))
                later = later.Previous!;
            later.Previous = ended.Previous;
        }
        ended.Previous = null;
    }

    public static void Began(EventLoop loop) => Volatile.Write(ref s_last, loop);

    /// <summary>An ended loop is not kept alive here.</summary>
    public static void Finished(EventLoop loop) => Interlocked.CompareExchange(ref s_last, null, loop);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool HasRoomBelow() => t_current is { IsHere: true } || StackLimit.HasRoomBelow(t_current);
}

using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>The loop of each thread.</summary>
internal static class LoopThread
{
    /// <summary>
    /// The loop that last began to run, on any thread. It is usually the requested one, and reading it is faster than reading the thread's own variable.
    /// </summary>
    private static EventLoop? s_last;

    [ThreadStatic]
    private static EventLoop? t_current;

    [ThreadStatic]
    private static EventLoop? t_newest;

    /// <summary>The last of the loops that were created on this thread and have not ended. It is current while no loop runs.</summary>
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

    /// <summary>This thread. With a loop, this is faster than <see cref="System.Threading.Thread.CurrentThread"/>.</summary>
    public static Thread Thread
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => s_last is { IsHere: true } last ? last.Thread : t_current is { } loop ? loop.Thread : Thread.CurrentThread;
    }

    /// <summary>True if this thread has enough stack left for a call that may be one of very many.</summary>
    public static bool HasRoom
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => s_last is { IsHere: true } || HasRoomBelow();
    }

    /// <summary>
    /// True if this code has entered the loop: the loop is current on its thread. This single check decides whether code may access the loop's data or must
    /// send a message. So a loop that takes turns on several threads needs no other check.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasEntered(EventLoop loop) => loop.IsHere || ReferenceEquals(loop, t_current);

    /// <summary>A loop was created on this thread, and is now current.</summary>
    public static void Add(EventLoop made)
    {
        made.Previous = Newest;
        Newest = Current = made;
    }

    /// <summary>A loop of this thread ends. Loops may end in any order.</summary>
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

    /// <summary>Drops the reference to an ended loop.</summary>
    public static void Finished(EventLoop loop) => Interlocked.CompareExchange(ref s_last, null, loop);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool HasRoomBelow() => t_current is { IsHere: true } || StackLimit.HasRoomBelow(t_current);
}

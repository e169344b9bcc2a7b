using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>The real memory of a loop.</summary>
internal readonly struct LoopMemory(EventLoop loop) : ISleepMemory
{
    public ref int Sleeping
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref loop.Sleeping;
    }

    public bool IsInboxEmpty => loop.Inbox.IsEmpty;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ref readonly int place) => Volatile.Read(in place);

    public static void Write(ref int place, int value) => Volatile.Write(ref place, value);

    public static int Exchange(ref int place, int value) => Interlocked.Exchange(ref place, value);

    public static int Add(ref int place, int change) => Interlocked.Add(ref place, change);

    public void Sleep(int timeout) => loop.Descriptors().Poll(timeout);

    public void Wake() => loop.EndSleep();
}

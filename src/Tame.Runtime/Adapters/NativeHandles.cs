using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Tame;

/// <summary>
/// Events that C code refers to by number. A number is used once, and is one of 2^64 (2^32 in a 32-bit process). So an invented or reused number refers to
/// nothing. Any thread may use it.
/// </summary>
internal static class NativeHandles
{
    private static readonly ConcurrentDictionary<nint, Event> s_events = new();

    /// <summary>An odd number, so that its multiples do not repeat and zero is the last of them.</summary>
    private static readonly long s_step = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) | 1;
    private static long s_count;

    public static int Count => s_events.Count;

    public static nint Add(Event e)
    {
        if (!e.IsPending)
            return 0;
        nint handle = unchecked((nint)(Interlocked.Increment(ref s_count) * s_step));
        s_events[handle] = e;
        if (AdapterHook.Attach(e, new Hook(handle)))
            return handle;
        s_events.TryRemove(handle, out _);
        return 0;
    }

    public static Event Take(nint handle) => s_events.TryRemove(handle, out var e) ? e : default;

    /// <summary>Removes the event from the table when it completes. Until then the table holds the event, because the C code may trigger it.</summary>
    private sealed class Hook(nint handle) : AdapterHook
    {
        protected override void EventCompleted(EventLoop loop) => Take(handle);
    }
}

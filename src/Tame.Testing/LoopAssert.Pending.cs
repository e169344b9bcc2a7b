using System.Runtime.CompilerServices;

namespace Tame.Testing;

/// <summary>Assertions that an operation still waits at a time.</summary>
public static partial class LoopAssert
{
    /// <summary>Asserts that an operation is still blocked after a virtual time from now. If its event completes earlier, in any way, a <see cref="LoopAssertException"/> ends the run.</summary>
    /// <param name="e">The event that the operation completes.</param>
    /// <param name="time">The time. An event that completes exactly at its end is also too early. With zero, the operation must wait: for time, or for a later step of the test.</param>
    /// <param name="file">The compiler writes it.</param>
    /// <param name="line">The compiler writes it.</param>
    /// <returns>The same event.</returns>
    /// <exception cref="InvalidOperationException">This thread has no loop in virtual time, or the event belongs to another loop.</exception>
    /// <exception cref="ArgumentException">The event is a detached one, which never completes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static Event StillBlockedAfter(this Event e, TimeSpan time, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (IsToWatch(e, time) is { } loop)
            PendingMark.Add(loop, e, time, new Place(file, line));
        return e;
    }

    /// <inheritdoc cref="StillBlockedAfter(Event, TimeSpan, string, int)"/>
    /// <typeparam name="T">The type of the value.</typeparam>
    public static Event<T> StillBlockedAfter<T>(this Event<T> e, TimeSpan time, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        e.Unblocker.StillBlockedAfter(time, file, line);
        return e;
    }

    /// <inheritdoc cref="StillBlockedAfter(Event, TimeSpan, string, int)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    public static Event<T1, T2> StillBlockedAfter<T1, T2>(this Event<T1, T2> e, TimeSpan time, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        e.Unblocker.StillBlockedAfter(time, file, line);
        return e;
    }

    /// <inheritdoc cref="StillBlockedAfter(Event, TimeSpan, string, int)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    public static Event<T1, T2, T3> StillBlockedAfter<T1, T2, T3>(this Event<T1, T2, T3> e, TimeSpan time, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        e.Unblocker.StillBlockedAfter(time, file, line);
        return e;
    }

    /// <inheritdoc cref="StillBlockedAfter(Event, TimeSpan, string, int)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    public static Event<T1, T2, T3, T4> StillBlockedAfter<T1, T2, T3, T4>(this Event<T1, T2, T3, T4> e, TimeSpan time, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        e.Unblocker.StillBlockedAfter(time, file, line);
        return e;
    }
}

using System.Runtime.CompilerServices;

namespace Tame.Testing;

/// <summary>
/// Assertions about when operations end, in the virtual time of this thread's loop. Write them where the operation gets its event, as with
/// <c>WithTimeout</c>: <c>twait(e => Fetch(url, e.EndsWithin(time)), out string page)</c>. Asynchronous code asserts the same about tasks.
/// </summary>
/// <remarks>They set no timer, so they hide neither a loss nor a deadlock. For the loop's thread.</remarks>
public static partial class LoopAssert
{
    /// <summary>Asserts that nothing is left when the body of the test has ended: no calls that wait or can run, no timers, waits for descriptors or pending events, and no tasks that an event waits for.</summary>
    /// <param name="file">The compiler writes it.</param>
    /// <param name="line">The compiler writes it.</param>
    /// <remarks>
    /// Call it anywhere in the body of a test. The check takes place when the body has ended and everything has run that can run without time passing. After it, the
    /// test cancels what is left. Debug builds of the runtime also count the objects outside their pools.
    /// </remarks>
    /// <exception cref="InvalidOperationException">This is not the thread of a test loop.</exception>
    public static void NothingLeft([CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => TestRun.Here.ExpectNothingLeft(new Place(file, line));

    /// <summary>Asserts that an operation ends within a virtual time from now: otherwise its event fails with a <see cref="LoopAssertException"/>.</summary>
    /// <param name="e">The event that the operation completes.</param>
    /// <param name="time">The time, including its end. With zero, the operation must not wait for time.</param>
    /// <param name="file">The compiler writes it.</param>
    /// <param name="line">The compiler writes it.</param>
    /// <returns>The same event.</returns>
    /// <exception cref="InvalidOperationException">This thread has no loop in virtual time, or the event belongs to another loop.</exception>
    /// <exception cref="ArgumentException">The event is a detached one, which never completes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static Event EndsWithin(this Event e, TimeSpan time, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (IsToWatch(e, time) is { } loop)
            LimitMark.Add(loop, e, time, new Place(file, line));
        return e;
    }

    /// <inheritdoc cref="EndsWithin(Event, TimeSpan, string, int)"/>
    /// <typeparam name="T">The type of the value.</typeparam>
    public static Event<T> EndsWithin<T>(this Event<T> e, TimeSpan time, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        e.Unblocker.EndsWithin(time, file, line);
        return e;
    }

    /// <inheritdoc cref="EndsWithin(Event, TimeSpan, string, int)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    public static Event<T1, T2> EndsWithin<T1, T2>(this Event<T1, T2> e, TimeSpan time, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        e.Unblocker.EndsWithin(time, file, line);
        return e;
    }

    /// <inheritdoc cref="EndsWithin(Event, TimeSpan, string, int)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    public static Event<T1, T2, T3> EndsWithin<T1, T2, T3>(this Event<T1, T2, T3> e, TimeSpan time, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        e.Unblocker.EndsWithin(time, file, line);
        return e;
    }

    /// <inheritdoc cref="EndsWithin(Event, TimeSpan, string, int)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    public static Event<T1, T2, T3, T4> EndsWithin<T1, T2, T3, T4>(this Event<T1, T2, T3, T4> e, TimeSpan time, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        e.Unblocker.EndsWithin(time, file, line);
        return e;
    }

    /// <summary>The loop on which to watch an event; null if the event is complete or empty.</summary>
    private static EventLoop? IsToWatch(Event e, TimeSpan time)
    {
        var here = Here(time);
        if (e.Lifeline is not { } lifeline)
            return null;
        if (DetachedEvent.Is(lifeline))
            throw new ArgumentException("A detached event never completes, so no assertion can hold for it. Give the operation its own event.", nameof(e));
        if (!ReferenceEquals(e.Loop, here))
            throw new InvalidOperationException("This event belongs to another loop, not the one of this thread. Assert on the thread of its loop.");
        return e.IsPending ? here : null;
    }

    private static EventLoop Here(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var loop = EventLoop.Current ?? throw new InvalidOperationException("This thread has no event loop. Assert inside the body of a test, on the thread of its loop.");
        return loop.IsVirtual ? loop : throw new InvalidOperationException(
            "This assertion needs a loop in virtual time. Run the test with TestLoop.Run, without EventLoopOptions.TimeProvider.");
    }
}

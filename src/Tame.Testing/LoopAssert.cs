using System.Runtime.CompilerServices;

namespace Tame.Testing;

/// <summary>
/// Assertions about when operations end, by the virtual time of this thread's loop. They are written where the operation gets its event, as
/// <c>WithTimeout</c> is: <c>twait(e => Fetch(url, e.EndsWithin(time)), out string page)</c>. Asynchronous code asserts the same of tasks.
/// </summary>
/// <remarks>They set no timer, so that they hide no loss and no deadlock. On the loop's thread.</remarks>
public static partial class LoopAssert
{
    /// <summary>Asserts that nothing of the test is left when its body has ended: no call that waits or can run, no timer, wait for a descriptor, pending event or task that is waited for.</summary>
    /// <param name="file">The compiler writes it.</param>
    /// <param name="line">The compiler writes it.</param>
    /// <remarks>
    /// Call it anywhere in the body of a test. It is checked when the body has ended and all has run that can run without time passing, and before what is left is
    /// cancelled. Debug builds of the runtime also count the objects outside their pools.
    /// </remarks>
    /// <exception cref="InvalidOperationException">This is not the thread of a test loop.</exception>
    public static void NothingLeft([CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => TestRun.Here.ExpectNothingLeft(new Place(file, line));

    /// <summary>Asserts that an operation ends within a virtual time from now: if its event is still pending then, it fails with a <see cref="LoopAssertException"/>.</summary>
    /// <param name="e">The event that the operation completes.</param>
    /// <param name="time">The time. What happens at its very end is in it. Zero is an operation that waits for no time.</param>
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

    /// <summary>The loop on which an event is to be watched; null where the event is complete or empty.</summary>
    private static EventLoop? IsToWatch(Event e, TimeSpan time)
    {
        var here = Here(time);
        if (e.Lifeline is not { } lifeline)
            return null;
        if (DetachedEvent.Is(lifeline))
            throw new ArgumentException("A detached event never completes, so its end cannot be asserted. Give the operation its own event.", nameof(e));
        if (!ReferenceEquals(e.Loop, here))
            throw new InvalidOperationException("This event belongs to another loop, not the one of this thread. Assert on the thread of its loop.");
        return e.IsPending ? here : null;
    }

    private static EventLoop Here(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var loop = EventLoop.Current ?? throw new InvalidOperationException("This thread has no event loop. Assert inside the body of a test, on the thread of its loop.");
        return loop.IsVirtual ? loop : throw new InvalidOperationException(
            "This loop is not in virtual time, by which this assertion counts. Run the test by TestLoop.Run without EventLoopOptions.TimeProvider.");
    }
}

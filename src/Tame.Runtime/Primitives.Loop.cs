namespace Tame;

/// <summary>The primitives that are ordinary methods.</summary>
public static partial class Primitives
{
    /// <summary>Triggers an event after a time. It never fires early; equal deadlines fire in the order in which they were set.</summary>
    /// <param name="delay">The time; zero is the next pass of the loop, <see cref="Timeout.InfiniteTimeSpan"/> is never.</param>
    /// <param name="e">The event. When it completes otherwise, the timer leaves at once.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite.</exception>
    /// <remarks>Source: <c>timer(to, e)</c> in Figure 2.</remarks>
    public static void timer(TimeSpan delay, Event e) => RequireLoop().AddTimer(delay, e);

    /// <summary>Triggers an event on the loop's next pass: how a long job yields.</summary>
    /// <param name="e">The event.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public static void asap(Event e) => RequireLoop().AddAsap(e);

    private static EventLoop RequireLoop() => LoopThread.Current ?? throw Errors.NoLoop();
}

namespace Tame;

/// <summary>The errors that the runtime throws at its users: what, where, what to do.</summary>
internal static class Errors
{
    public static OperationCanceledException Stopped() => new("The event loop was stopped before main's event completed.");

    public static InvalidOperationException NoLoop() => new(
        "This thread has no event loop. Call this from code that runs inside EventLoop.Run, or make an EventLoop on this thread first.");

    public static InvalidOperationException WrongThread(string what) => new(
        $"{what} belongs to another event loop. Use it on the thread of its own loop only; EventLoop.Post brings code there.");

    public static InvalidOperationException NestedLoop() => new(
        "An event loop runs on this thread already. Loops do not nest: call the tamed method directly, or run the second loop on another thread.");

    public static InvalidOperationException SecondWaiter() => new(
        "Another call waits for this rendezvous already. A rendezvous has one waiter: give each call a rendezvous of its own.");

    public static OperationCanceledException Cancelled() => new("The rendezvous was cancelled.");

    public static OperationCanceledException LoopEnded() => new("The event loop ended while this call was blocked.");

    public static InvalidOperationException BodyOnly(string what) => new(
        $"{what} only works inside the body of a [Tamed] method. The body method itself must not be called: call the tamed method, whose " +
        "implementation the generator makes from it.");
}

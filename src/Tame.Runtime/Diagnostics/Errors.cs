using Tame.CompilerServices;

namespace Tame;

/// <summary>The errors that the runtime throws at its users: what, where, what to do.</summary>
internal static class Errors
{
    public static OperationCanceledException Stopped() => new("The event loop was stopped before main's event completed.");

    public static InvalidOperationException NoLoop() => new(
        "This thread has no event loop. Call this from code that runs inside EventLoop.Run, or make an EventLoop on this thread first.");

    /// <summary>Something is used on a thread that is not that of its loop.</summary>
    public static InvalidOperationException WrongThread(string what, EventLoop owner) => new(
        owner.IsGuest
            ? $"{what} belongs to {ThreadOf(owner)}. Use it in its turns only; EventLoop.Post brings code there."
            : $"{what} belongs to the event loop of {ThreadOf(owner)}. Use it on that thread only; EventLoop.Post brings code there.");

    public static InvalidOperationException WrongThread(EventLoop loop) => loop.IsGuest ? GuestIsRunByHost(loop) : new(
        $"This event loop belongs to {ThreadOf(loop)}. Run, inspect and dispose of it there; Post, InvokeAsync and Stop may be called from any thread.");

    /// <summary>Something that belongs to the loop that uses it first is used on a thread without one.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="owner">The loop that has used it, or else made it; null where there is none.</param>
    public static InvalidOperationException NoLoopFor(string what, EventLoop? owner) => new(owner switch
    {
        null => $"This thread has no event loop. {what} belongs to the event loop that uses it first: use it on that loop's thread only. EventLoop.Post brings code there.",
        { IsEnded: true } => $"{what} belongs to the event loop of {ThreadOf(owner)}, which has ended, and this thread has no event loop. Use it on the thread of another loop.",
        _ => $"{what} was made on the event loop of {ThreadOf(owner)}, and this thread has no event loop. Use it on the thread of its loop only; EventLoop.Post brings code there.",
    });

    /// <summary>A rendezvous is used on one loop while it has events of another, which has ended.</summary>
    public static InvalidOperationException LoopHasEnded(EventLoop owner) => new(
        $"This rendezvous belongs to the event loop of {ThreadOf(owner)}, which has ended, and has events of it left. Take them with TryJoin, or make a new rendezvous for this loop.");

    /// <summary>A call comes too late.</summary>
    public static ObjectDisposedException EndedLoop() => new(typeof(EventLoop).FullName);

    public static InvalidOperationException NestedLoop() => new(
        "An event loop runs on this thread already. Loops do not nest: call the tamed method directly, or run the second loop on another thread.");

    public static InvalidOperationException SecondWaiter() => new(
        "Another call waits for this rendezvous already. A rendezvous has one waiter: give each call a rendezvous of its own.");

    public static InvalidOperationException NothingToWaitFor(ClosureType site, int line) => new(
        $"There is nothing to wait for in {site.Method} at {site.File}:{line}: the rendezvous has no events, and no other code can make one on it, so the wait would never end. " +
        "Join as many events as you make; Waiting and Ready of the rendezvous tell how many are left.");

    public static OperationCanceledException Cancelled() => new("The rendezvous was cancelled.");

    public static OperationCanceledException LoopEndedOperation() => new("The event loop of this connection ended while a task waited for it.");

    public static OperationCanceledException LoopEnded() => new("The event loop ended while this call was blocked.");

    public static InvalidOperationException BodyOnly(string what) => new(
        $"{what} only works inside the body of a [Tamed] method. The body method itself must not be called: call the tamed method, whose " +
        "implementation the generator makes from it.");

    public static InsufficientExecutionStackException NoRoom(ClosureType site, string reason) => new(
        $"The stack of this thread runs short in a call of {site.Method}, which cannot start later: {reason}. Recursion as deep as this needs a thread with a larger stack, or a loop in place of the recursion.");

    public static InvalidOperationException NoGuest(EventLoop loop, string member) => new(
        $"{member} is for guests, which EventLoop.CreateGuest makes. This event loop belongs to {ThreadOf(loop)}: Run it there, Stop it from any thread, and dispose of it there.");

    public static InvalidOperationException GuestIsRunByHost(EventLoop loop) => new(
        $"{loop.Name} is a guest: its EventLoopHost runs it in turns. Send it work by InvokeAsync or Post; a host of your own calls RunTurn.");

    public static InvalidOperationException TurnsOverlap(EventLoop loop) => new(
        $"A turn of {loop.Name} runs already. A guest has one turn at a time: call RunTurn once for each EventLoopHost.Schedule, and not from code that runs in a turn.");

    public static NotSupportedException NoSendToGuest(EventLoop loop) => new(
        $"SynchronizationContext.Send blocks its thread until the loop has run the callback, and {loop.Name} is a guest, whose turn might need that thread. Use Post, or EventLoop.InvokeAsync and await it.");

    private static string ThreadOf(EventLoop loop) =>
        loop.IsGuest ? $"the guest {loop.Name}" :
        loop.Thread.Name is { Length: > 0 } name ? $"thread {loop.Thread.ManagedThreadId} ('{name}')" : $"thread {loop.Thread.ManagedThreadId}";
}

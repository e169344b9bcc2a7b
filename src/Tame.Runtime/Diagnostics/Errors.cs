using Tame.CompilerServices;

namespace Tame;

/// <summary>The errors that the runtime throws at its users. Each says what is wrong, where, and what to do.</summary>
internal static class Errors
{
    public static OperationCanceledException Stopped() => new("The event loop was stopped before main's event completed.");

    public static InvalidOperationException NoLoop() => new(
        "This thread has no event loop. Call this from code that runs on a loop: EventLoop.Run runs one on this thread, and InvokeAsync calls code on another loop.");

    /// <summary>An object is used on a thread other than its loop's.</summary>
    public static InvalidOperationException WrongThread(string what, EventLoop owner) => new(
        owner.IsGuest
            ? $"{what} belongs to {ThreadOf(owner)}. Use it only inside the guest's turns. To run code there, call EventLoop.Post."
            : $"{what} belongs to the event loop of {ThreadOf(owner)}. Use it only on that thread. To run code there, call EventLoop.Post.");

    public static InvalidOperationException WrongThread(EventLoop loop) => loop.IsGuest ? GuestIsRunByHost(loop) : new(
        $"This event loop belongs to {ThreadOf(loop)}. Run, inspect and dispose of it there; Post, InvokeAsync and Stop may be called from any thread.");

    /// <summary>An object that belongs to the first loop that uses it is used on a thread without a loop.</summary>
    /// <param name="what">The object.</param>
    /// <param name="owner">The loop that has used it, or on which it was created. Null if neither exists.</param>
    public static InvalidOperationException NoLoopFor(string what, EventLoop? owner) => new(owner switch
    {
        null => $"This thread has no event loop. {what} belongs to the first event loop that uses it, and can be used only on that loop's thread. To run code there, call EventLoop.Post.",
        { IsEnded: true } => $"{what} belongs to the event loop of {ThreadOf(owner)}, which has ended, and this thread has no event loop. Use it on the thread of another loop.",
        _ => $"{what} was created on the event loop of {ThreadOf(owner)}, and this thread has no event loop. Use it only on its loop's thread. To run code there, call EventLoop.Post.",
    });

    /// <summary>A rendezvous is used on one loop while it has events of another loop, which has ended.</summary>
    public static InvalidOperationException LoopHasEnded(EventLoop owner) => new(
        $"This rendezvous belongs to the event loop of {ThreadOf(owner)}, which has ended, and still has events of that loop. Take them with TryJoin, or create a new rendezvous for this loop.");

    /// <summary>A call arrives after the end of the loop.</summary>
    public static ObjectDisposedException EndedLoop() => new(typeof(EventLoop).FullName);

    public static InvalidOperationException NestedLoop() => new(
        "An event loop is already running on this thread. Loops cannot be nested: call the tamed method directly, or run the second loop on another thread.");

    public static InvalidOperationException SecondWaiter() => new(
        "Another call is already waiting for this rendezvous. A rendezvous has one waiter: give each call its own rendezvous.");

    public static InvalidOperationException NothingToWaitFor(ClosureType site, int line) => new(
        $"There is nothing to wait for in {site.Method} at {site.File}:{line}: the rendezvous has no events, and no other code can create one, so the wait would never end. " +
        "Join as many events as you create; the rendezvous's Waiting and Ready show how many are left.");

    public static OperationCanceledException Cancelled() => new("The rendezvous was cancelled.");

    public static OperationCanceledException LoopEndedOperation() => new("The event loop of this connection ended while a task waited for it.");

    public static OperationCanceledException LoopEnded() => new("The event loop ended while this call was waiting.");

    public static InvalidOperationException BodyOnly(string what) => new(
        $"{what} works only in the body of a [Tamed] method. Do not call the body method: call the tamed method, " +
        "which the generator implements.");

    public static InsufficientExecutionStackException NoRoom(ClosureType site, string reason) => new(
        $"This thread's stack is nearly exhausted in a call of {site.Method}, which cannot start later: {reason}. Use a thread with a larger stack, or a loop instead of recursion.");

    public static InvalidOperationException NoGuest(EventLoop loop, string member) => new(
        $"{member} is only for guests, which EventLoop.CreateGuest creates. This event loop belongs to {ThreadOf(loop)}. Run and dispose of it there; Stop may be called from any thread.");

    public static InvalidOperationException GuestIsRunByHost(EventLoop loop) => new(
        $"{loop.Name} is a guest: its EventLoopHost runs it in turns. To give it work, call InvokeAsync or Post. A custom host calls RunTurn.");

    public static InvalidOperationException TurnsOverlap(EventLoop loop) => new(
        $"A turn of {loop.Name} is already running. A guest runs one turn at a time: call RunTurn once for each EventLoopHost.Schedule, and not from code inside a turn.");

    public static NotSupportedException NoSendToGuest(EventLoop loop) => new(
        $"SynchronizationContext.Send blocks its thread until the loop has run the callback, and {loop.Name} is a guest, whose turn might need that thread. Use Post, or EventLoop.InvokeAsync and await it.");

    private static string ThreadOf(EventLoop loop) =>
        loop.IsGuest ? $"the guest {loop.Name}" :
        loop.Thread.Name is { Length: > 0 } name ? $"thread {loop.Thread.ManagedThreadId} ('{name}')" : $"thread {loop.Thread.ManagedThreadId}";
}

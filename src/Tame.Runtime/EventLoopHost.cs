using Tame.Guests;

namespace Tame;

/// <summary>
/// Runs the turns of guest loops: see <see cref="EventLoop.CreateGuest"/>. Any thread may use it, and one host may serve any number of loops.
/// </summary>
public abstract class EventLoopHost
{
    /// <summary>A host that runs each turn as a work item of the thread pool.</summary>
    public static EventLoopHost ThreadPool { get; } = new ThreadPoolHost();

    /// <summary>Creates a host that runs each turn as a task of a scheduler.</summary>
    /// <param name="scheduler">
    /// A scheduler that runs one task at a time, such as a <see cref="ConcurrentExclusiveSchedulerPair.ExclusiveScheduler"/>.
    /// </param>
    /// <returns>The host.</returns>
    /// <exception cref="ArgumentNullException">The scheduler is null.</exception>
    /// <exception cref="ArgumentException">The scheduler may run several tasks at once: its <see cref="TaskScheduler.MaximumConcurrencyLevel"/> is not 1.</exception>
    public static EventLoopHost From(TaskScheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        if (scheduler.MaximumConcurrencyLevel == 1)
            return new TaskSchedulerHost(scheduler);
        throw new ArgumentException(
            $"This scheduler runs up to {scheduler.MaximumConcurrencyLevel} tasks at once, but a guest loop runs one turn at a time. Pass the ExclusiveScheduler of a ConcurrentExclusiveSchedulerPair over this scheduler, or use EventLoopHost.ThreadPool.",
            nameof(scheduler));
    }

    /// <summary>Creates a host that posts each turn to a synchronization context, such as that of a user interface.</summary>
    /// <param name="context">A context that runs one callback at a time.</param>
    /// <returns>The host.</returns>
    /// <exception cref="ArgumentNullException">The context is null.</exception>
    public static EventLoopHost From(SynchronizationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new SynchronizationContextHost(context);
    }

    /// <summary>Schedules a call of <see cref="EventLoop.RunTurn"/> on a thread of the host's choice: one for each call of this method.</summary>
    /// <param name="loop">The loop, which has work.</param>
    /// <remarks>
    /// Any thread may call it, except that of a finalizer. It must not run the turn itself, and must not block. The loop does not call it again before that
    /// turn, so the loop stops if the host omits the turn. An exception of this method ends the loop, and <see cref="EventLoop.Completion"/> fails with it.
    /// </remarks>
    protected internal abstract void Schedule(EventLoop loop);

    /// <summary>
    /// Whether the current code runs where turns run, while no other code can run there. If so, <c>InvokeAsync</c> on an idle loop runs a turn at once, on the
    /// caller's stack.
    /// </summary>
    protected internal virtual bool IsHere => false;

    /// <summary>
    /// Called if an exception in a turn was not handled. The loop is about to end, and its <see cref="EventLoop.Completion"/> will fail with the exception.
    /// </summary>
    /// <param name="loop">The loop.</param>
    /// <param name="error">The exception that no handler of <see cref="EventLoop.UnhandledException"/> handled.</param>
    /// <remarks>It is called after the turn, on the turn's thread. Its own exceptions are logged as failures of the loop.</remarks>
    protected internal virtual void OnUnhandled(EventLoop loop, Exception error)
    {
    }
}

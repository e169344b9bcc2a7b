using Tame.Guests;

namespace Tame;

/// <summary>
/// Gives turns to guest loops: see <see cref="EventLoop.CreateGuest"/>. Any thread may use it, and one host may serve any number of loops.
/// </summary>
public abstract class EventLoopHost
{
    /// <summary>Each turn is a work item of the thread pool.</summary>
    public static EventLoopHost ThreadPool { get; } = new ThreadPoolHost();

    /// <summary>Each turn is a task of a scheduler.</summary>
    /// <param name="scheduler">It says that it runs one task at a time, such as a <see cref="ConcurrentExclusiveSchedulerPair.ExclusiveScheduler"/>.</param>
    /// <returns>The host.</returns>
    /// <exception cref="ArgumentNullException">The scheduler is null.</exception>
    /// <exception cref="ArgumentException">The scheduler may run several tasks at once: its <see cref="TaskScheduler.MaximumConcurrencyLevel"/> is not 1.</exception>
    public static EventLoopHost From(TaskScheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        if (scheduler.MaximumConcurrencyLevel == 1)
            return new TaskSchedulerHost(scheduler);
        throw new ArgumentException(
            $"This scheduler runs up to {scheduler.MaximumConcurrencyLevel} tasks at once, and a guest loop has one turn at a time. Give it the ExclusiveScheduler of a ConcurrentExclusiveSchedulerPair over this scheduler, or use EventLoopHost.ThreadPool.",
            nameof(scheduler));
    }

    /// <summary>Each turn is posted to a synchronization context, such as that of a user interface.</summary>
    /// <param name="context">It runs one callback at a time.</param>
    /// <returns>The host.</returns>
    /// <exception cref="ArgumentNullException">The context is null.</exception>
    public static EventLoopHost From(SynchronizationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new SynchronizationContextHost(context);
    }

    /// <summary>Has <see cref="EventLoop.RunTurn"/> called soon, on a thread of the host's choice, once for each call of this.</summary>
    /// <param name="loop">The loop, which has work.</param>
    /// <remarks>
    /// Any thread calls it, that of a finalizer never. It must not run the turn itself, and must not block. The loop does not ask again before that turn, so a turn
    /// that is forgotten stops the loop. What it throws ends the loop, and is the failure of its <see cref="EventLoop.Completion"/>.
    /// </remarks>
    protected internal abstract void Schedule(EventLoop loop);

    /// <summary>
    /// Code that runs here runs where turns do, and nothing else does meanwhile: so <c>InvokeAsync</c> of a loop that has nothing to do makes a turn at once, on its
    /// caller's stack.
    /// </summary>
    protected internal virtual bool IsHere => false;

    /// <summary>Something escaped in a turn that nothing handled. The loop is about to end, and its <see cref="EventLoop.Completion"/> will fail with this.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="error">What no handler of <see cref="EventLoop.UnhandledException"/> took.</param>
    /// <remarks>Called behind the turn, on its thread. What it throws is logged as a failure of the loop.</remarks>
    protected internal virtual void OnUnhandled(EventLoop loop, Exception error)
    {
    }
}

using Tame.Guests;

namespace Tame;

// Guest loops, which have no thread and run in turns on the threads of a host.
public sealed partial class EventLoop : IAsyncDisposable
{
    private TaskCompletionSource? _ownEnd;

    private EventLoop(EventLoopHost host, EventLoopOptions? options)
        : this(options ?? new EventLoopOptions(), isGuest: true)
    {
        Guest = new GuestTurns(this, host);
        Sleeping = 1;
    }

    /// <summary>Whether the loop is a guest: it has no thread, and runs in turns of its host. Any thread may read it.</summary>
    public bool IsGuest => Guest is not null;

    /// <summary>
    /// Completes when the loop has ended. For a guest, it fails if an unhandled failure ended the loop or the host could not schedule a turn. For a loop with
    /// its own thread, it completes at the end of <see cref="Dispose"/> and never fails, because the run throws the failure. Any thread may read it.
    /// </summary>
    public Task Completion => Guest is { } guest ? guest.End.Completion : OwnEnd.Task;

    private TaskCompletionSource OwnEnd
    {
        get
        {
            if (Volatile.Read(ref _ownEnd) is { } made)
                return made;
            var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var end = Interlocked.CompareExchange(ref _ownEnd, fresh, null) ?? fresh;
            if (IsEnded)
                end.TrySetResult();
            return end;
        }
    }

    /// <summary>
    /// Creates a loop without a thread, a guest. Its host runs its turns, one at a time, on any threads. Where the documentation says "the loop's thread",
    /// read "the loop's turn" for a guest.
    /// </summary>
    /// <param name="host">The host that runs its turns.</param>
    /// <param name="options">How it keeps time and how it ends; null for the defaults.</param>
    /// <returns>
    /// The loop. It runs nothing until you send it something with <see cref="InvokeAsync(Action{Event}, CancellationToken)"/> or <see cref="Post(Action)"/>.
    /// </returns>
    /// <remarks>
    /// <para>A turn runs ready work for about a millisecond at most. Then it releases the thread, and the loop continues in another turn. While there is
    /// nothing to do, no turn runs, and the loop uses only memory. It stays in memory while calls wait in it or timers are set. Otherwise you may drop it
    /// without ending it.</para>
    /// <para>A turn begins in the default execution context. InvokeAsync and Post carry the AsyncLocals that a call needs, as for any loop. After the turn, the
    /// loop and the contexts that were current on the thread before are current again.</para>
    /// <para><see cref="Stop"/> begins the end, as <see cref="StopAsync"/> does. Dispose does so too, and does not wait. Run and RunOnce throw, because the
    /// host runs a guest. In virtual time the clock jumps within a turn, and a deadlock ends nothing.</para>
    /// <para>File descriptors of a guest need epoll, which only Linux has. Any thread may call this method.</para>
    /// </remarks>
    /// <exception cref="ArgumentNullException">The host is null.</exception>
    public static EventLoop CreateGuest(EventLoopHost host, EventLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new EventLoop(host, options);
    }

    /// <summary>
    /// Runs a turn on this thread. Hosts call it, once for each call of <see cref="EventLoopHost.Schedule"/>. An additional call does no harm.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// A turn of this loop already runs, on this thread or another one; or the loop has its own thread.
    /// </exception>
    public void RunTurn()
    {
        if (Guest is not { } guest)
            throw Errors.NoGuest(this, nameof(RunTurn));
        if (!guest.TryRun())
            throw Errors.TurnsOverlap(this);
    }

    /// <summary>
    /// Ends a guest. First its waiting calls get an <see cref="OperationCanceledException"/>, if <see cref="EventLoopOptions.OnExit"/> says so, and turns
    /// continue so that the calls can clean up and wait while they do. When no call is left, or their time is over, the remaining calls are abandoned, and
    /// everything that waits for the loop is notified.
    /// </summary>
    /// <param name="cancellationToken">
    /// Ends the time that calls get to clean up. Without it, that time is <see cref="EventLoopOptions.ExitTimeout"/>.
    /// </param>
    /// <returns>
    /// A task that completes when the loop has ended. It never fails; <see cref="Completion"/> has the failure. The loop ends even if its host runs no turn:
    /// one second after the time for cleaning up, it ends on the thread pool, unless a turn runs and does not return.
    /// </returns>
    /// <exception cref="InvalidOperationException">The loop has its own thread. Use Stop, and call Dispose on that thread.</exception>
    /// <remarks>Any thread may call it, any number of times, and also from within a turn.</remarks>
    public Task StopAsync(CancellationToken cancellationToken = default) =>
        Guest is { } guest ? guest.Stop(cancellationToken) : throw Errors.NoGuest(this, nameof(StopAsync));

    /// <summary>Ends the loop: a guest as <see cref="StopAsync"/> does, any other loop as <see cref="Dispose"/> does.</summary>
    /// <returns>A task that completes when the loop has ended.</returns>
    public ValueTask DisposeAsync()
    {
        if (Guest is not null)
            return new ValueTask(StopAsync());
        Dispose();
        return default;
    }
}

using Tame.Guests;

namespace Tame;

// Guests: loops that have no thread, and run in turns on the threads of a host.
public sealed partial class EventLoop : IAsyncDisposable
{
    private TaskCompletionSource? _ownEnd;

    private EventLoop(EventLoopHost host, EventLoopOptions? options)
        : this(options ?? new EventLoopOptions(), isGuest: true)
    {
        Guest = new GuestTurns(this, host);
        Sleeping = 1;
    }

    /// <summary>The loop has no thread: it runs in turns of its host. Any thread may ask.</summary>
    public bool IsGuest => Guest is not null;

    /// <summary>
    /// Ends when the loop has ended. It fails where a failure that nothing handled ended a guest, or its host could not schedule a turn. For a loop with a thread
    /// of its own it is the end of <see cref="Dispose"/>, and never fails: the run has thrown. Any thread may ask.
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
    /// Makes a loop without a thread. It runs in turns that its host makes, one at a time, on any threads: for it, "the loop's thread" reads "the loop's turn".
    /// </summary>
    /// <param name="host">Where its turns run.</param>
    /// <param name="options">How it keeps time and how it ends; null for the defaults.</param>
    /// <returns>The loop. Nothing runs before something is sent to it: <see cref="InvokeAsync(Action{Event}, CancellationToken)"/>, <see cref="Post(Action)"/>.</returns>
    /// <remarks>
    /// <para>A turn runs what is ready for about a millisecond at most, and then leaves the thread to others and goes on in another turn. While nothing is to do, no
    /// turn runs, and the loop costs nothing but memory. While calls are blocked in it, or timers are set, it stays in memory; else it may be dropped without an end.</para>
    /// <para>A turn begins in the default execution context: what a call needs of AsyncLocals comes with InvokeAsync and Post, as with any loop. What was current on
    /// the thread before, loop and contexts, is so again behind the turn.</para>
    /// <para><see cref="Stop"/> begins the end, as <see cref="StopAsync"/> does; Dispose does too, and does not wait. Run and RunOnce throw: the host runs a guest.
    /// In virtual time the clock jumps within a turn, and a deadlock ends nothing.</para>
    /// <para>Descriptors of a guest need epoll, which is Linux's. Any thread may call this.</para>
    /// </remarks>
    /// <exception cref="ArgumentNullException">The host is null.</exception>
    public static EventLoop CreateGuest(EventLoopHost host, EventLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new EventLoop(host, options);
    }

    /// <summary>Makes a turn on this thread. Hosts call it, once for each call of <see cref="EventLoopHost.Schedule"/>; once more does no harm.</summary>
    /// <exception cref="InvalidOperationException">A turn of this loop runs, here or on another thread; or the loop has a thread of its own.</exception>
    public void RunTurn()
    {
        if (Guest is not { } guest)
            throw Errors.NoGuest(this, nameof(RunTurn));
        if (!guest.TryRun())
            throw Errors.TurnsOverlap(this);
    }

    /// <summary>
    /// Ends a guest. First its blocked calls get an <see cref="OperationCanceledException"/>, as <see cref="EventLoopOptions.OnExit"/> says, and turns go on so that
    /// they may clean up, waits included. When none is left, or their time is over, what remains is abandoned and all that waits for the loop is told.
    /// </summary>
    /// <param name="cancellationToken">Cuts the time short that calls get to clean up. Without it that is <see cref="EventLoopOptions.ExitTimeout"/>.</param>
    /// <returns>
    /// Ends when the loop has ended, and never fails: <see cref="Completion"/> does. A host that makes no turn cannot keep the loop from ending: a second behind the time
    /// for cleaning up it ends on the thread pool, unless a turn runs and does not return.
    /// </returns>
    /// <exception cref="InvalidOperationException">The loop has a thread of its own: use Stop, and Dispose on its thread.</exception>
    /// <remarks>Any thread may call it, also in a turn, and any number of times.</remarks>
    public Task StopAsync(CancellationToken cancellationToken = default) =>
        Guest is { } guest ? guest.Stop(cancellationToken) : throw Errors.NoGuest(this, nameof(StopAsync));

    /// <summary>Ends the loop: a guest as <see cref="StopAsync"/> does, another one as <see cref="Dispose"/> does.</summary>
    /// <returns>Ends with the loop.</returns>
    public ValueTask DisposeAsync()
    {
        if (Guest is not null)
            return new ValueTask(StopAsync());
        Dispose();
        return default;
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// Runs tamed calls, timers, and file descriptors on one thread: the thread that created the loop. To use several cores, create several loops, each on its own
/// thread.
/// </summary>
/// <remarks>
/// One pass takes messages of other threads, runs a bounded batch of ready calls in the order of their triggers, fires due timers, polls the file descriptors
/// (while there is work, only every few passes), and triggers the events of <c>asap</c>. Use the members on the loop's thread, unless they say that any thread
/// may use them.
/// </remarks>
public sealed partial class EventLoop : IDisposable
{
    /// <summary>The loop of this thread that was created before this one and has not ended.</summary>
    internal EventLoop? Previous;

    /// <summary>The thread that created the loop and runs it. For a guest, the thread of its turn; null between two turns.</summary>
    internal Thread Thread;

    // The parts of the loop. Only the loop's thread uses them, except for Shared, Inbox, and Leftovers, which any thread may use.
    internal CrossThreadState Shared = new();
    internal readonly Inbox Inbox;
    internal readonly SuspicionList Suspicions = new();
    internal CallRegistry Calls;
    internal LoopPools Pools;
    internal LoopTimers Timers;
    internal EventNumbers Numbers = new();
    internal HomeContext Home;

    /// <summary>The adapters' hooks on pending events of the loop, the newest first.</summary>
    internal IntrusiveList<AdapterHook, AdapterHook.InLoop> AdapterHooks;

    /// <summary>The other objects that must be notified when the loop ends.</summary>
    internal IntrusiveList<EndListener, EndListener.InLoop> EndListeners;

    private readonly Network? _network;
    private Leftovers? _leftovers;
    private readonly ExitBehavior _onExit;
    private readonly TimeSpan _exitTimeout;
    private LoopEnd? _end;
    private int _isEndingElsewhere;

    /// <summary>Creates a loop that belongs to this thread, and is <see cref="Current"/> here until <see cref="Dispose"/>.</summary>
    /// <param name="options">How it keeps time and how it ends; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">A loop runs on this thread.</exception>
    public EventLoop(EventLoopOptions? options = null)
        : this(options ?? new EventLoopOptions(), isGuest: false)
    {
    }

    private EventLoop(EventLoopOptions options, bool isGuest)
    {
        if (!isGuest && LoopThread.Current is { IsRunning: true })
            throw Errors.NestedLoop();
        Thread = isGuest ? null! : Thread.CurrentThread;
        Inbox = isGuest ? new Inbox() : new PaddedInbox();
        Pools = new LoopPools(isGuest);
        (_onExit, _exitTimeout, _openPoller, _network) = (options.OnExit, options.ExitTimeout, options.OpenPoller, options.Network);
        _clock = LoopClock.For(options, this);
        BeginProfile(options);
        Timers = new LoopTimers(this, _clock);
        _probe = new LostEventProbe(options.LostEvents, options.VirtualTime, ProbeBudget.OfProcess);
        _context = new LoopSynchronizationContext(this);
        Home = new HomeContext(Thread, _context);
        _resources = LoopResources.Of(this, options.Resources);
        Scheduling = options.Scheduling;
        if (Scheduling == SchedulingPolicy.ResourceAware && _resources.Count != 0)
            BeginScheduling(options);
        Name = options.Name!;
        SetDuty(PassDuties.Trace, options.TraceCalls);
        if (isGuest && options.Name is null)
        {
            _number = LiveLoops.NextNumber();
            return;
        }
        IsListed = true;
        _number = LiveLoops.Add(this);
        if (!isGuest)
            LoopThread.Add(this);
    }

    /// <summary>Creates the loop that belongs to no thread and has ended from the start.</summary>
    private EventLoop(LoopClock clock)
    {
        _clock = clock;
        Inbox = new Inbox();
        Pools = new LoopPools(isOfGuest: true);
        Timers = new LoopTimers(this, clock);
        Thread = null!;
        _probe = null!;
        _context = null!;
        _openPoller = null!;
        _resources = null!;
        IsEnded = true;
        Inbox.Close();
    }

    /// <summary>
    /// Raised for an exception that a posted action throws, or that a tamed body throws after a wait if no event parameter can take it. If no handler sets
    /// <see cref="TameUnhandledEventArgs.Handled"/>, the loop's run ends and throws the exception. An exception of a handler also ends the run.
    /// </summary>
    public event EventHandler<TameUnhandledEventArgs>? UnhandledException;

    /// <summary>The loop of this thread, or null.</summary>
    public static EventLoop? Current => LoopThread.Current;

    /// <summary>The clock of the loop's timers: the clock of the options, the system's clock, or, under virtual time, the virtual clock.</summary>
    /// <remarks>
    /// <para>Under virtual time, its timers are timers of the loop, so that <c>Task.Delay</c>, <see cref="CancellationTokenSource"/>,
    /// <see cref="PeriodicTimer"/>, and libraries that accept a <see cref="System.TimeProvider"/> use virtual time. Any thread may create, change, and
    /// dispose of such timers. A callback runs on the loop's thread, from the ready queue, with the execution context of the code that created the timer and
    /// without a synchronization context. Its exceptions go to <see cref="UnhandledException"/>. When the loop ends, the callback of each timer that is set
    /// runs one last time, on the thread that ends the loop, while the clock moves from deadline to deadline. From then on, Change returns false and
    /// CreateTimer throws <see cref="ObjectDisposedException"/>.</para>
    /// <para>Without virtual time, timers are the provider's own: the provider decides where their callbacks run, and they do not end with the loop.</para>
    /// </remarks>
    public TimeProvider TimeProvider => _clock.Provider;

    /// <summary>The network of the loop.</summary>
    internal Network Network => _network ?? DefaultNetwork.Instance;

    /// <summary>True after the loop has ended and nothing can run in it.</summary>
    internal bool IsEnded
    {
        get => Shared.IsEnded;
        set => Shared.IsEnded = value;
    }

    /// <summary>Whether the loop runs, on its thread.</summary>
    internal bool IsRunning { get; set; }

    /// <summary>Whether this is the thread that created the loop, even if another loop is current; for a guest, whether this code runs in its turn.</summary>
    internal bool IsOwnThread => Guest is null ? ReferenceEquals(Thread.CurrentThread, Thread) : LoopThread.HasEntered(this);

    /// <summary>Whether the loop runs on this thread.</summary>
    internal bool IsRunningHere => LoopThread.HasEntered(this) && IsRunning;

    /// <summary>Throws, in debug builds, if code that has not entered the loop accesses the loop's data: rule 1 of docs/threads.md.</summary>
    [Conditional("DEBUG")]
    internal void AssertEntered()
    {
        if (!LoopThread.HasEntered(this) && !IsEnded)
            throw new InvalidOperationException("Only code that has entered the loop may do this.");
    }

    internal bool IsVirtual => _clock.IsVirtual;

    internal bool IsStopping => _gate.IsStopping;

    /// <summary>The event of the main that runs; null if the loop runs without a main.</summary>
    internal MainEvent? Main { get; private set; }

    /// <summary>Runs code that arrived too late for the loop.</summary>
    internal Leftovers Leftovers => Volatile.Read(ref _leftovers) ?? Interlocked.CompareExchange(ref _leftovers, new Leftovers(this), null) ?? _leftovers;

    /// <summary>The calls that wait now, the longest waiting first. <see cref="BlockedCall.WaitsFor"/> lists the calls that a call waits for.</summary>
    /// <exception cref="InvalidOperationException">
    /// This is not the loop's thread. On another thread, use <see cref="InvokeAsync{T}(Action{Event{T}}, CancellationToken)"/> to read it.
    /// </exception>
    public IReadOnlyList<BlockedCall> Blocked
    {
        get
        {
            if (!IsOwnThread && !IsEnded)
                throw Errors.WrongThread(this);
            return WaitGraph.Of(this, _clock.Coarse);
        }
    }

    /// <summary>Creates a loop on this thread and runs it until main's event completes.</summary>
    /// <param name="main">Receives the event; usually a tamed method.</param>
    /// <param name="options">How the loop keeps time and how it ends; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">A loop runs on this thread.</exception>
    /// <exception cref="OperationCanceledException">The loop was stopped before the event completed.</exception>
    /// <exception cref="LostEventException">Main's event was lost: no reference to it remains, so no code can trigger it.</exception>
    /// <exception cref="DeadlockException">In virtual time: nothing more can happen, and main's event is pending.</exception>
    /// <exception cref="Exception">
    /// The failure of main's event, or otherwise the first exception that nothing handled, with its original stack trace.
    /// <see cref="FailureExtensions.OtherFailures"/> returns the other failures that ended the run.
    /// </exception>
    public static void Run(Action<Event> main, EventLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        using var loop = new EventLoop(options);
        var end = new MainEvent(loop);
        loop.RunMain(end, () => main(end.Make()));
    }

    /// <summary>Creates a loop on this thread, runs it until main's event completes, and returns the event's value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <returns>The value, or the type's default if the event was unblocked.</returns>
    /// <inheritdoc cref="Run(Action{Event}, EventLoopOptions?)"/>
    public static T Run<T>(Action<Event<T>> main, EventLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        using var loop = new EventLoop(options);
        var end = new MainEvent<T>(loop);
        loop.RunMain(end, () => main(end.Make()));
        return end.Value;
    }

    /// <summary>
    /// Runs until <see cref="Stop"/>, or until nothing more can happen. While a call waits, the loop continues to run, because another thread may wake the
    /// call. Virtual time is different: the run ends when no wait can end, unless another thread holds time with <see cref="HoldTime"/>. Then
    /// <see cref="Blocked"/> lists the calls that wait forever.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread created this loop, or a loop already runs on this thread.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    /// <exception cref="Exception">The first exception that nothing handled. <see cref="FailureExtensions.OtherFailures"/> returns the others.</exception>
    public void Run() => RunUntil(null);

    /// <summary>Makes one pass without sleeping.</summary>
    /// <returns>True if anything ran.</returns>
    /// <exception cref="InvalidOperationException">Another thread created this loop, or a loop already runs on this thread.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    /// <exception cref="Exception">The first exception that nothing handled. <see cref="FailureExtensions.OtherFailures"/> returns the others.</exception>
    public bool RunOnce()
    {
        using var run = new RunScope(this);
        bool ran = Pass();
        if (HasDescriptorWaiters)
            ran |= PollDescriptors();
        if (!ran)
            _signals?.CloseUnwaited();
        if (!ran && _clock.TryJump(this))
            ran = Pass();
        Failures.Throw(null);
        return ran;
    }

    /// <summary>Makes the loop return from its run after the current pass. Any thread may call it.</summary>
    /// <remarks>A guest begins to end, as with <see cref="StopAsync"/>.</remarks>
    public void Stop()
    {
        if (Guest is { } guest)
            _ = guest.Stop(CancellationToken.None);
        else
            RequestStop();
    }

    /// <summary>Runs an action on the loop's thread, after the work that is ready. One sender's actions keep their order. Any thread may call it.</summary>
    /// <param name="action">The action. Its exceptions go to <see cref="UnhandledException"/>.</param>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    public void Post(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        ObjectDisposedException.ThrowIf(!TryPost(new PostedAction(action)), this);
    }

    /// <summary>The calls that wait now, as text: one line for each call, with file and line, followed by the calls that it waits for, indented.</summary>
    /// <returns>At most a hundred lines; empty if no call waits. If a call appears again, its line says so, and its callees are not repeated.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public string BlockedTree() => CallTree.Of(Blocked);

    /// <summary>
    /// Ends the loop. Calls that still wait are cancelled first or abandoned at once, as <see cref="EventLoopOptions.OnExit"/> says. Queued tasks and awaits
    /// run before it returns.
    /// </summary>
    /// <exception cref="InvalidOperationException">The loop runs, or this is not its thread.</exception>
    public void Dispose()
    {
        if (IsEnded)
            return;
        if (Guest is not null)
        {
            Stop();
            return;
        }
        if (IsRunning)
            throw new InvalidOperationException("The event loop is running. Call Stop, and dispose it after its run has returned.");
        if (!IsOwnThread)
            throw Errors.WrongThread(this);
        End();
    }

    /// <summary>A loop that has ended, for events that belong to no loop.</summary>
    internal static EventLoop Nowhere() => new(LoopClock.Stopped);

    /// <summary>
    /// Ends the loop on a thread of the pool if the loop's thread has ended without Dispose, because then nothing can run the loop. Everything that waits for
    /// the loop is notified, and no body resumes. Any thread may call it.
    /// </summary>
    internal void EndIfThreadHasEnded()
    {
        if (Thread.IsAlive || Interlocked.Exchange(ref _isEndingElsewhere, 1) != 0)
            return;
        ThreadPool.UnsafeQueueUserWorkItem(
            static loop =>
            {
                if (!loop.IsEnded)
                    loop.End();
            },
            this,
            preferLocal: false);
    }

    /// <summary>Queues work after the work that is ready, directly or through the inbox. False if the loop has ended; the work is then not kept.</summary>
    internal bool TryPost(Message work)
    {
        if (LoopThread.HasEntered(this))
        {
            Ready.Add(work);
            return true;
        }
        if (!Send(work))
            return false;
        if (!Shared.IsRunning && Guest is null)
            EndIfThreadHasEnded();
        return true;
    }

    internal List<Closure> BlockedCalls() => Calls.Blocked(_clock.Coarse);

    /// <summary>Called when a probe has seen everything that waits now.</summary>
    internal void MarkProbed()
    {
        Calls.MarkProbed();
        Suspicions.HasNew = false;
    }

    /// <summary>Called at the end of the loop. Releases its pools, file descriptors, and signals.</summary>
    internal void CloseTables()
    {
#if DEBUG
        CloseBooks();
#endif
        Pools.Clear();
        _descriptors?.Dispose();
        _signals?.Dispose();
    }

    /// <summary>
    /// Called after the loop has ended. Ends the clock, and drops the timers and the events of <c>asap</c>: they may hold events of other loops, which would
    /// seem reachable as long as something refers to this loop.
    /// </summary>
    internal void EndClock()
    {
        _clock.End(this);
        Timers = new LoopTimers(this, _clock);
        _asap = new EventBatch();
    }

    private void End()
    {
        _end = new LoopEnd(this, _onExit, _exitTimeout);
        SetDuty(PassDuties.CancelCalls, isSet: true);
        _end.Run();
        Interlocked.MemoryBarrier();
        _ownEnd?.TrySetResult();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void RunMain(MainEvent end, Action start)
    {
        Main = end;
        Calls.NoteChange();
        using (new RunScope(this))
        {
            try
            {
                start();
            }
            catch (Exception error) when (end.Error is not null || Failures.Queued != 0)
            {
                AddFatal(error);
            }
        }
        RunUntil(end);
        if (!end.IsComplete)
            throw Errors.Stopped();
    }

    private void RunUntil(MainEvent? end)
    {
        using var run = new RunScope(this);
        bool isStuck = false;
        while (!isStuck && !_gate.IsStopping && end is not { IsComplete: true } && !Failures.IsFatal)
            isStuck = !PassOrIdle(end);
        if (isStuck && end is not null && !_gate.IsStopping)
            AddFatal(CallTree.Deadlock(Blocked));
        _gate.ClearStop();
        MakeReports();
        Failures.Throw(end);
    }

    /// <summary>Makes a pass and, if nothing ran, sleeps. False if nothing more can happen: no call waits, or in virtual time no wait can end.</summary>
    internal bool PassOrIdle(MainEvent? end) => MakePass() || Idle(end);
}

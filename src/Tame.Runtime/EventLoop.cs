using System.Diagnostics;
using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// Runs tamed calls, timers and descriptors on one thread: the one that made the loop. Several loops, one a thread, are the way to several
/// cores.
/// </summary>
/// <remarks>
/// One pass: the inbox from other threads, a bounded batch of ready calls in the order of their triggers, due timers, descriptors, then
/// <c>asap</c>. <see cref="Post(Action)"/> and <see cref="Stop"/> may be called from any thread, the rest from the loop's own.
/// </remarks>
public sealed partial class EventLoop : IDisposable
{
    /// <summary>The loop of this thread that was made before this one and has not ended.</summary>
    internal EventLoop? Previous;

    /// <summary>The thread that made the loop, and runs it. For a guest the thread of its turn, and null between two.</summary>
    internal Thread Thread;

    // The parts. Of the loop's thread, except for Shared, the inbox and Leftovers, which are everybody's.
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

    /// <summary>What else has to be told that the loop ends.</summary>
    internal IntrusiveList<EndListener, EndListener.InLoop> EndListeners;

    private readonly Network? _network;
    private Leftovers? _leftovers;
    private readonly ExitBehavior _onExit;
    private readonly TimeSpan _exitTimeout;
    private LoopEnd? _end;
    private int _isEndingElsewhere;

    /// <summary>Makes a loop that belongs to this thread, and is <see cref="Current"/> here until <see cref="Dispose"/>.</summary>
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
        if (!LoopProfile.IsDefault(options))
            _profile = new LoopProfile(this, _clock, options);
        if (options.Profile != ProfileMode.Off)
            Profile(options.Profile);
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

    /// <summary>The loop that no thread has and that has always ended.</summary>
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

    /// <summary>What escaped a tamed body after a wait when no event parameter could take it, or a posted action. Without a handler that
    /// sets <see cref="TameUnhandledEventArgs.Handled"/>, the loop ends and its run throws the exception. What a handler throws ends the run as well.</summary>
    public event EventHandler<TameUnhandledEventArgs>? UnhandledException;

    /// <summary>The loop of this thread, or null.</summary>
    public static EventLoop? Current => LoopThread.Current;

    /// <summary>The clock of the loop's timers: the one that the options gave, the system's, or under virtual time the virtual one.</summary>
    /// <remarks>
    /// Under virtual time its timers are timers of the loop, so that <c>Task.Delay</c>, <see cref="CancellationTokenSource"/>, <see cref="PeriodicTimer"/> and
    /// libraries that take a <see cref="System.TimeProvider"/> take virtual time. Any thread may make, change and dispose of such timers. A callback runs on the
    /// loop's thread, from the ready queue, with the execution context of who made the timer and without a synchronization context; what it throws goes to
    /// <see cref="UnhandledException"/>. When the loop ends, each timer that is set calls back a last time, on the thread that ends the loop, while the clock
    /// goes from deadline to deadline; from then on Change returns false and CreateTimer throws <see cref="ObjectDisposedException"/>. Otherwise timers are the
    /// provider's own: they call back where it says, and do not end with the loop.
    /// </remarks>
    public TimeProvider TimeProvider => _clock.Provider;

    /// <summary>The network of the loop.</summary>
    internal Network Network => _network ?? DefaultNetwork.Instance;

    /// <summary>True once nothing can run here.</summary>
    internal bool IsEnded
    {
        get => Shared.IsEnded;
        set => Shared.IsEnded = value;
    }

    /// <summary>The loop runs, on its thread.</summary>
    internal bool IsRunning { get; set; }

    /// <summary>This is the thread that made the loop, whichever loop is current there; or the turn of a guest.</summary>
    internal bool IsOwnThread => Guest is null ? ReferenceEquals(Thread.CurrentThread, Thread) : LoopThread.HasEntered(this);

    /// <summary>The loop runs, and on this thread.</summary>
    internal bool IsRunningHere => LoopThread.HasEntered(this) && IsRunning;

    /// <summary>A debug build throws where code that has not entered the loop touches what belongs to it: rule 1 of docs/threads.md.</summary>
    [Conditional("DEBUG")]
    internal void AssertEntered()
    {
        if (!LoopThread.HasEntered(this) && !IsEnded)
            throw new InvalidOperationException("Only code that has entered the loop may do this.");
    }

    internal bool IsVirtual => _clock.IsVirtual;

    internal bool IsStopping => _gate.IsStopping;

    /// <summary>The event of the main that runs; null where the loop runs without one.</summary>
    internal MainEvent? Main { get; private set; }

    /// <summary>Where code that came too late for the loop runs.</summary>
    internal Leftovers Leftovers => Volatile.Read(ref _leftovers) ?? Interlocked.CompareExchange(ref _leftovers, new Leftovers(this), null) ?? _leftovers;

    /// <summary>The calls that wait now, the longest waiting first. <see cref="BlockedCall.WaitsFor"/> tells who waits for whom.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread. Use <see cref="InvokeAsync{T}(Action{Event{T}}, CancellationToken)"/> to ask from another.</exception>
    public IReadOnlyList<BlockedCall> Blocked
    {
        get
        {
            if (!IsOwnThread && !IsEnded)
                throw Errors.WrongThread(this);
            return WaitGraph.Of(this, _clock.Coarse);
        }
    }

    /// <summary>Makes a loop on this thread and runs it until main's event completes.</summary>
    /// <param name="main">Gets the event; usually a tamed method.</param>
    /// <param name="options">How the loop keeps time and how it ends; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">A loop runs on this thread.</exception>
    /// <exception cref="OperationCanceledException">The loop was stopped before.</exception>
    /// <exception cref="LostEventException">Main's event was dropped by everybody who could have triggered it.</exception>
    /// <exception cref="DeadlockException">In virtual time: nothing more can happen, and main's event is pending.</exception>
    /// <exception cref="Exception">
    /// The failure of main's event, or else the first exception that nothing handled, its stack kept. <see cref="FailureExtensions.OtherFailures"/> returns
    /// what else ended the run.
    /// </exception>
    public static void Run(Action<Event> main, EventLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        using var loop = new EventLoop(options);
        var end = new MainEvent(loop);
        loop.RunMain(end, () => main(end.Make()));
    }

    /// <summary>Makes a loop on this thread, runs it until main's event completes, and returns the event's value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="main">Gets the event; usually a tamed method.</param>
    /// <param name="options">How the loop keeps time and how it ends; null for the defaults.</param>
    /// <returns>The value; the type's default where the event was unblocked.</returns>
    /// <exception cref="InvalidOperationException">A loop runs on this thread.</exception>
    /// <exception cref="OperationCanceledException">The loop was stopped before.</exception>
    /// <exception cref="LostEventException">Main's event was dropped by everybody who could have triggered it.</exception>
    /// <exception cref="DeadlockException">In virtual time: nothing more can happen, and main's event is pending.</exception>
    /// <exception cref="Exception">
    /// The failure of main's event, or else the first exception that nothing handled, its stack kept. <see cref="FailureExtensions.OtherFailures"/> returns
    /// what else ended the run.
    /// </exception>
    public static T Run<T>(Action<Event<T>> main, EventLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        using var loop = new EventLoop(options);
        var end = new MainEvent<T>(loop);
        loop.RunMain(end, () => main(end.Make()));
        return end.Value;
    }

    /// <summary>
    /// Runs until <see cref="Stop"/>, or until nothing more can happen. A call that waits may be woken by another thread, except in virtual time: there such a
    /// thread has to take <see cref="HoldTime"/>, and <see cref="Blocked"/> lists the calls that wait forever.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread made this loop, or a loop runs on this one.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    /// <exception cref="Exception">The first exception that nothing handled. <see cref="FailureExtensions.OtherFailures"/> returns the others.</exception>
    public void Run() => RunUntil(null);

    /// <summary>Makes one pass without sleeping.</summary>
    /// <returns>True when anything ran.</returns>
    /// <exception cref="InvalidOperationException">Another thread made this loop, or a loop runs on this one.</exception>
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
    /// <remarks>A guest begins to end, as <see cref="StopAsync"/> has it.</remarks>
    public void Stop()
    {
        if (Guest is { } guest)
            _ = guest.Stop(CancellationToken.None);
        else
            RequestStop();
    }

    /// <summary>Runs an action on the loop's thread: from there behind what is ready, from other threads in the order of each sender.</summary>
    /// <param name="action">What it throws goes to <see cref="UnhandledException"/>.</param>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    public void Post(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        ObjectDisposedException.ThrowIf(!TryPost(new PostedAction(action)), this);
    }

    /// <summary>The calls that wait now as text: a line for each, with file and line, and indented below it the calls that it waits for.</summary>
    /// <returns>At most a hundred lines; empty if no call waits. Each call has one line with its callees; where it comes again, the line says so.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public string BlockedTree() => CallTree.Of(Blocked);

    /// <summary>Ends the loop. What is still blocked is let go, or cancelled first, as the options say. Tasks and awaits that are queued run before it returns.</summary>
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

    /// <summary>A loop that has ended, for events that belong to none.</summary>
    internal static EventLoop Nowhere() => new(LoopClock.Stopped);

    /// <summary>
    /// The loop's thread may have ended without Dispose, and then nothing can run the loop: a thread of the pool ends it, so that all that waits for it is told. No
    /// body resumes then. Any thread may call it.
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

    /// <summary>Queues work behind what is ready, on this thread or through the inbox. False, and nothing is kept, when the loop has ended.</summary>
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

    /// <summary>A probe has seen everything that is blocked now.</summary>
    internal void MarkProbed()
    {
        Calls.MarkProbed();
        Suspicions.HasNew = false;
    }

    /// <summary>The loop ends: what belongs to it alone goes.</summary>
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
    /// The loop has ended: its time is over. Timers and <c>asap</c> may hold events of other loops, which would seem to be in reach as long as something keeps
    /// this loop.
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

    /// <summary>Makes a pass or, where nothing ran, sleeps. False when nothing more can happen: no call waits, or in virtual time no wait can end.</summary>
    internal bool PassOrIdle(MainEvent? end) => MakePass() || Idle(end);
}

namespace Tame.Stages;

/// <summary>A bounded queue in front of a handler of items of one type.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <remarks>
/// An accepted item is handled once, or returned by a stop. On the loop of the stage a tamed handler runs at once, on the caller's stack, if nothing is
/// queued and fewer calls than <see cref="StageOptions{T}.MaxConcurrency"/> are running. Otherwise, and from any other thread, the item is queued. Items begin in the order
/// in which they were accepted. The loops or threads of a stage keep it alive until it stops. All members are thread-safe. <see cref="Stage.OnLoop"/> and similar methods create stages.
/// </remarks>
public sealed partial class Stage<T> : Stage
{
    private readonly StageWork<T> _work;
    private readonly StageClock _clock;
    private readonly Lock _gate;
    private readonly KeyTable<T>? _order;
    private readonly Func<T, int>? _classOf;
    private readonly IAdmissionController? _admission;

    /// <summary>An offer needs only space in the queue: it has no class, no key and no token.</summary>
    private readonly bool _isPlain;

    /// <summary>The loop of the thread that created the stage. It gets the failures that no event takes.</summary>
    private readonly EventLoop? _home = LoopThread.Current;

    private Stage(string name, StageWork<T> work, StageOptions<T> options, TimeProvider time)
        : base(name, options.Capacity)
    {
        (_work, _gate) = (work, Gate);
        _clock = new StageClock(options.TimeProvider ?? time);
        _order = options.OrderBy?.NewTable();
        (_classOf, _admission) = (options.RequestClass, options.Admission);
        _isPlain = _order is null && _classOf is null && _admission is null;
        _batchSize = work.IsOfBatches ? options.BatchSize : 1;
        _runsHere = !work.IsOfBatches;
        (_concurrency, _threads) = (options.MaxConcurrency, options.Threads);
        _limit = options.IsPaused ? 0 : _concurrency;
        _retired = new RunnerMeasures(_window);
    }

    /// <inheritdoc/>
    public override int Length => _state == Ended ? 0 : (int)Math.Max(0, Queued + Volatile.Read(ref _lined));

    /// <inheritdoc/>
    public override int Running => _calls.Taken;

    /// <inheritdoc/>
    public override int Concurrency => _crew is { } crew ? crew.Count : _concurrency;

    /// <inheritdoc/>
    public override int BatchSize => _batchSize;

    internal override TimeProvider Time => _clock.Provider;

    /// <inheritdoc/>
    public override bool IsStopping => _state != Open;

    /// <summary>Offers an item, and returns at once whether the stage has it.</summary>
    /// <param name="item">The item.</param>
    /// <returns><see cref="EnqueueOutcome.Accepted"/>, or the reason for the refusal: then you keep the item.</returns>
    /// <remarks>
    /// A failure of the item's handler goes to <see cref="EventLoop.UnhandledException"/> of the handler's loop. For a stage on threads, it goes to that of the loop on whose thread the stage
    /// was created; without such a loop, it is thrown on the thread pool.
    /// </remarks>
    public EnqueueOutcome TryEnqueue(T item)
    {
        var entry = new Entry<T>(item, default);
        return OfferNow(ref entry);
    }

    /// <summary>Offers an item with an event that completes when it has been handled.</summary>
    /// <param name="item">The item.</param>
    /// <param name="done">
    /// The event, of any loop. It is triggered when the handler is done, and fails with the handler's failure. If the stage refuses the item, it does not touch the event: you
    /// still have to complete it. If something else completes the event first, the item is still handled, and a failure is only counted. If a stop returns the item, the event fails with an
    /// <see cref="OperationCanceledException"/>.
    /// </param>
    /// <returns><see cref="EnqueueOutcome.Accepted"/>, or the reason for the refusal.</returns>
    public EnqueueOutcome TryEnqueue(T item, Event done)
    {
        var entry = new Entry<T>(item, done);
        return OfferNow(ref entry);
    }

    /// <summary>Offers an item and waits while the queue is full, first come first served.</summary>
    /// <param name="item">The item.</param>
    /// <param name="outcome">
    /// The event, of any loop. It is triggered with <see cref="EnqueueOutcome.Accepted"/>, or at once with <see cref="EnqueueOutcome.Overloaded"/>, or with
    /// <see cref="EnqueueOutcome.Stopping"/>. If a time limit or a cancellation completes it while it waits, the item is not enqueued. With an empty or complete
    /// event nothing happens.
    /// </param>
    public void Enqueue(T item, Event<EnqueueOutcome> outcome) => Enqueue(item, default, outcome);

    /// <summary>Offers an item with an event that completes when it has been handled, and waits while the queue is full, first come first served.</summary>
    /// <param name="item">The item.</param>
    /// <param name="done">The event of the item, as with <see cref="TryEnqueue(T, Event)"/>.</param>
    /// <param name="outcome">The event of the offer, as with <see cref="Enqueue(T, Event{EnqueueOutcome})"/>.</param>
    public void Enqueue(T item, Event done, Event<EnqueueOutcome> outcome)
    {
        if (outcome.Lifeline is not { } lifeline || !outcome.IsPending)
            return;
        if (DetachedEvent.Is(lifeline) || LoopThread.HasEntered(lifeline.Loop))
            OfferOrWait(Timed(item, done), outcome);
        else
            lifeline.Loop.Send(new OfferMessage(this, Timed(item, done), outcome));
    }

    /// <summary>Creates an offer of an item, to pass to <see cref="Stage.TryEnqueueAll(ReadOnlySpan{StageOffer})"/> together with others.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The offer. The stage does not know of it yet.</returns>
    public StageOffer Offer(T item) => new StageOffer<T>(this, item, default);

    /// <summary>Creates an offer of an item with an event that completes when the item has been handled, to pass to <see cref="Stage.TryEnqueueAll(ReadOnlySpan{StageOffer})"/> together with others.</summary>
    /// <param name="item">The item.</param>
    /// <param name="done">The event, as with <see cref="TryEnqueue(T, Event)"/>.</param>
    /// <returns>The offer. The stage does not know of it yet.</returns>
    public StageOffer Offer(T item, Event done) => new StageOffer<T>(this, item, done);

    /// <inheritdoc/>
    public override void Start()
    {
        if (_limit != 0)
            return;
        Interlocked.Exchange(ref _limit, _concurrency);     // a full fence: an offer sees the limit, or the code below sees its entry
        _crew?.SetCount(_threads);
        if (HasQueued)
            Wake(null);
    }

    /// <inheritdoc/>
    public override TimeSpan RetryAfter(int requestClass = 0)
    {
        if (_admission is not { } admission)
            return TimeSpan.Zero;
        var now = StageClock.Span(_clock.Now);
        lock (admission)
            return admission.RetryAfter(requestClass, now);
    }

    internal static Stage<T> OnLoops(string name, StageWork<T> work, StageOptions<T>? options)
    {
        options ??= new StageOptions<T>();
        var loops = options.Loops is { Count: > 0 } given ? given : [EventLoop.Current ?? throw StageErrors.NoLoop(name)];
        StageErrors.CheckLoopOptions(name, work, options);
        var stage = new Stage<T>(name, work, options, loops[0].TimeProvider);
        stage._runners = [.. loops.Select(loop => new LoopRunner<T>(stage, loop))];
        stage._loops = Array.ConvertAll(stage._runners, runner => (LoopRunner<T>)runner);
        foreach (var runner in stage._loops)
            runner.Start();
        stage.Begin(options);
        return stage;
    }

    internal static Stage<T> OnPool(string name, StageWork<T> work, StageOptions<T>? options)
    {
        options ??= new StageOptions<T>();
        StageErrors.CheckThreadOptions(name, work, options);
        var stage = new Stage<T>(name, work, options, EventLoop.Current?.TimeProvider ?? TimeProvider.System);
        stage._crew = new ThreadCrew<T>(stage, stage._home);
        if (!options.IsPaused)
            stage._crew.SetCount(options.Threads);
        stage.Begin(options);
        return stage;
    }
}

namespace Tame.Stages;

/// <summary>A stage for input and output on one loop, which gives its results as packets: the base of <see cref="SocketStage"/> and <see cref="FileStage"/>.</summary>
/// <typeparam name="TPacket">The type of the packets.</typeparam>
/// <remarks>An item of such a stage is a request. Its <see cref="Stage.Length"/> is the number of requests that wait for their turn, and of connections, listeners and results that are ready.</remarks>
public abstract class PacketStage<TPacket> : Stage
{
    private readonly StopOfStage<TPacket> _stop;
    private readonly LoopEnding _ending;
    private readonly int _places;
    private long _failed;

    private protected PacketStage(string name, int capacity, int places)
        : base(name, capacity)
    {
        _places = places;
        Loop = EventLoop.Current ?? throw StageErrors.NoLoop(name);
        _stop = new StopOfStage<TPacket>(Loop, () => Engine.Close(), () => GiveUp(isLoopEnd: false));
        _ending = new LoopEnding(Loop, () => GiveUp(isLoopEnd: true));
    }

    /// <inheritdoc/>
    public sealed override int Length => Engine.RequestCount + Engine.ReadyCount;

    /// <summary>The largest number of connections and listeners that a <see cref="SocketStage"/> may have, or of requests that a <see cref="FileStage"/> has in progress at once.</summary>
    public sealed override int Concurrency => _places;

    /// <summary>One.</summary>
    public sealed override int BatchSize => 1;

    /// <summary>Zero: no request waits while the queue is full.</summary>
    public sealed override int Waiting => 0;

    /// <summary>What the stage has done, and what it holds now. An item is a request. It waits until its turn, and is in service until it is done.</summary>
    public sealed override StageStatistics Statistics => Engine.Measures.Statistics(this, Counts);

    /// <inheritdoc/>
    public sealed override bool IsStopping => _stop.HasBegun;

    /// <summary>The packets that a stop has returned; empty before the stage has stopped.</summary>
    public IReadOnlyList<TPacket> Left => _stop.Left;

    /// <summary>The packets that no sink has taken. On the loop's thread.</summary>
    internal List<TPacket> Untaken { get; } = [];

    internal override TimeProvider Time => Loop.TimeProvider;

    internal EventLoop Loop { get; }

    private protected abstract TurnQueues Engine { get; }

    /// <summary>Requests that had their turn, and are not done.</summary>
    private protected abstract int Unfinished { get; }

    private protected bool HasEnded => _stop.HasEnded;

    private protected long Failed => Volatile.Read(ref _failed);

    private TurnCounts Counts
    {
        get
        {
            var (accepted, served, full, stopping) = Engine.Counts;
            return new TurnCounts(accepted, Math.Max(0, served - Unfinished), Failed, full, stopping);
        }
    }

    /// <summary>Does nothing: the stage started when it was created.</summary>
    public sealed override void Start()
    {
    }

    /// <summary>Zero: the stage has no admission controller.</summary>
    /// <param name="requestClass">Any.</param>
    public sealed override TimeSpan RetryAfter(int requestClass = 0) => TimeSpan.Zero;

    /// <summary>Stops the stage: it accepts no request from now on, and continues with the accepted requests until the deadline.</summary>
    /// <param name="deadline">
    /// How long the stage may continue; <see cref="TimeSpan.Zero"/> ends everything at once, <see cref="Timeout.InfiniteTimeSpan"/> waits until all is done. If it is called several times, the earliest deadline counts.
    /// </param>
    /// <param name="left">The event, of any loop. It is triggered when all is done or at the deadline, with the packets that no sink has taken. Dispose of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <remarks>
    /// <para>Events of requests that are not done fail.</para>
    /// <para>A <see cref="SocketStage"/> closes its listeners, stops reading, sends what it has accepted, and closes its connections. At the deadline it aborts the remaining connections. For each connection, its sink gets a last
    /// packet, if it takes the packet in time. To let handlers answer what has arrived, stop the sinks first: the stage still accepts their writes, and keeps the packets they do not take.</para>
    /// <para>For each read that is not done, a <see cref="FileStage"/> returns a packet whose error is an <see cref="OperationCanceledException"/>. A write that was in progress may have written some of its bytes.</para>
    /// </remarks>
    public void Stop(TimeSpan deadline, Event<IReadOnlyList<TPacket>> left) => _stop.Call(deadline, new StopCall<TPacket> { Left = left });

    /// <inheritdoc/>
    public sealed override void Stop(TimeSpan deadline, Event stopped) => _stop.Call(deadline, new StopCall<TPacket> { Stopped = stopped });

    /// <summary>Does the same as <see cref="Stop(TimeSpan, Event{IReadOnlyList{TPacket}})"/>, for code outside of tamed methods.</summary>
    /// <param name="deadline">How long the stage may continue.</param>
    /// <returns>The packets that no sink has taken.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public Task<IReadOnlyList<TPacket>> StopAsync(TimeSpan deadline) => _stop.CallAsync(deadline);

    internal override Task StopTask(TimeSpan deadline) => StopAsync(deadline);

    /// <summary>A request has failed. On the loop's thread.</summary>
    internal void CountFailed() => _failed++;

    /// <summary>A request is done. On the loop's thread.</summary>
    internal void Measure(in RequestTimes times) => Engine.Measures.Finish(this, times);

    /// <summary>The stage is ready: tools can see it, and it gets the end of its loop.</summary>
    private protected void Begin()
    {
        _ending.Begin();
        LiveStages.Add(this);
    }

    /// <summary>A turn is over.</summary>
    private protected void TurnEnded() => Engine.Measures.TurnEnded(Counts);

    /// <summary>Ends at once.</summary>
    private protected abstract void GiveUp(bool isLoopEnd);

    private protected void End()
    {
        _ending.End();
        LiveStages.Remove(this);
        _stop.Complete([.. Untaken]);
    }
}

namespace Tame.Stages;

/// <summary>
/// The part of <see cref="TwoQueues{TReady, TRequest}"/> that does not depend on its types: the places, the counters, and when a turn comes. Requests and places are for any thread, the rest is for
/// the loop's thread.
/// </summary>
internal abstract partial class TurnQueues
{
    private readonly EventLoop _loop;
    private readonly int _mostPlaces;
    private readonly Message _wake;
    private Slots<RealMemory> _places;
    private TurnFlag<RealMemory> _flag;
    private long _full, _stopped;

    protected TurnQueues(EventLoop loop, int places)
    {
        (_loop, _mostPlaces) = (loop, places);
        _wake = new Wake(this);
        Measures = new TurnMeasures(loop.TimeProvider);
    }

    /// <summary>The number of requests that wait.</summary>
    public abstract int RequestCount { get; }

    /// <summary>The number of ready items that wait.</summary>
    public abstract int ReadyCount { get; }

    /// <summary>The number of places that are taken.</summary>
    public int Places => _places.Taken;

    public long Turns { get; private set; }

    /// <summary>How often a turn ran out of time before a queue was empty.</summary>
    public long CutShort { get; protected set; }

    public TurnMeasures Measures { get; }

    /// <summary>Requests that were accepted, served, and refused.</summary>
    public (long Accepted, long Served, long Full, long Stopping) Counts => (Accepted, Served, Volatile.Read(ref _full), Volatile.Read(ref _stopped));

    protected abstract long Accepted { get; }

    protected abstract long Served { get; }

    protected abstract bool HasWork { get; }

    /// <summary>Counts a request that was refused, here or by the stage itself.</summary>
    public EnqueueOutcome Refused(EnqueueOutcome why)
    {
        Interlocked.Increment(ref why == EnqueueOutcome.Full ? ref _full : ref _stopped);
        return why;
    }

    /// <summary>Takes a place for something that will become ready. It may become ready any number of times, but is in the queue at most once.</summary>
    public bool TryReserve() => _places.TryTake(_mostPlaces);

    /// <summary>Gives a place back.</summary>
    public void Release()
    {
        _places.Release();
        Schedule();
    }

    /// <summary>Refuses all requests from now on, with <see cref="EnqueueOutcome.Stopping"/>.</summary>
    public abstract void Close();

    /// <summary>Schedules a turn. If the loop has ended, nothing happens.</summary>
    public void Schedule()
    {
        if (_flag.TrySet())
            _loop.TryPost(_wake);
    }

    /// <summary>Serves the two queues.</summary>
    protected abstract void Serve();

    private void Turn()
    {
        Turns++;
        Serve();
        if (HasWork)
        {
            TurnLater();
            return;
        }
        if (_flag.End(new Work(this)))
            _loop.TryPost(_wake);
    }

    [Tamed]
    private partial void TurnLater();

    private void TurnLaterBody()
    {
        twait(e => asap(e));
        Turn();
    }

    /// <summary>What the turns are for.</summary>
    private readonly struct Work(TurnQueues queues) : ITurnWork
    {
        public bool Any() => queues.HasWork;
    }

    /// <summary>The first turn of a series.</summary>
    private sealed class Wake(TurnQueues queues) : Message
    {
        internal override void Arrive(EventLoop loop) => loop.AddReady(this);

        internal override void Run(EventLoop loop)
        {
            queues.Turn();
            loop.Home.Return();
        }

        /// <summary>Does nothing: the stage gets the end of the loop separately.</summary>
        internal override void Drop(EventLoop loop)
        {
        }
    }
}

namespace Tame.Stages;

/// <summary>
/// The engine of a stage for input and output: a bounded queue of requests and a bounded ready queue, on one loop. A turn serves requests until none is left or its time is up,
/// then the ready queue in the same way. The next turn comes in a later pass of the loop. So neither queue starves the other, nor the loop's other calls.
/// </summary>
/// <remarks>Everything that may become ready has reserved its place before, so <see cref="AddReady"/> never refuses. Requests and places are for any thread, the rest is for the loop's thread.</remarks>
internal sealed partial class TwoQueues<TReady, TRequest>
{
    private readonly EventLoop _loop;
    private readonly TurnOptions _options;
    private readonly ITurn<TReady, TRequest> _turn;
    private readonly TimeProvider _time;
    private readonly long _timeout;
    private readonly Message _wake;
    private readonly Lock _gate = new();
    private readonly Queue<TRequest> _requests = new();
    private readonly Queue<TReady> _ready = new();
    private int _places;
    private int _isScheduled;
    private bool _isClosed;
    private long _accepted, _full, _stopped, _served;

    public TwoQueues(EventLoop loop, TurnOptions options, ITurn<TReady, TRequest> turn)
    {
        (_loop, _options, _turn) = (loop, options, turn);
        _time = options.TimeProvider ?? loop.TimeProvider;
        _timeout = (long)(options.Timeout.TotalSeconds * _time.TimestampFrequency);
        _wake = new Wake(this);
    }

    /// <summary>The number of requests that wait.</summary>
    public int RequestCount => _requests.Count;

    /// <summary>The number of ready items that wait.</summary>
    public int ReadyCount => _ready.Count;

    /// <summary>The number of places that are taken.</summary>
    public int Places => Volatile.Read(ref _places);

    public long Turns { get; private set; }

    /// <summary>How often a turn ran out of time before a queue was empty.</summary>
    public long CutShort { get; private set; }

    /// <summary>Requests that were accepted, served, and refused.</summary>
    public (long Accepted, long Served, long Full, long Stopping) Counts => (Volatile.Read(ref _accepted), Volatile.Read(ref _served), Volatile.Read(ref _full), Volatile.Read(ref _stopped));

    /// <summary>Offers a request.</summary>
    public EnqueueOutcome TryRequest(in TRequest request)
    {
        lock (_gate)
        {
            if (_isClosed)
                return Refused(EnqueueOutcome.Stopping);
            if (_requests.Count >= _options.Capacity)
                return Refused(EnqueueOutcome.Full);
            _requests.Enqueue(request);
            _accepted++;
        }
        Schedule();
        return EnqueueOutcome.Accepted;
    }

    /// <summary>Counts a request that was refused, here or by the stage itself.</summary>
    public EnqueueOutcome Refused(EnqueueOutcome why)
    {
        Interlocked.Increment(ref why == EnqueueOutcome.Full ? ref _full : ref _stopped);
        return why;
    }

    /// <summary>Takes a place for something that will become ready. It may become ready any number of times, but is in the queue at most once.</summary>
    public bool TryReserve()
    {
        int places = Volatile.Read(ref _places);
        while (places < _options.Places)
        {
            int seen = Interlocked.CompareExchange(ref _places, places + 1, places);
            if (seen == places)
                return true;
            places = seen;
        }
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Release()
    {
        Interlocked.Decrement(ref _places);
        Schedule();
    }

    /// <summary>Queues a ready item, which has a place.</summary>
    public void AddReady(TReady ready)
    {
        _ready.Enqueue(ready);
        Schedule();
    }

    /// <summary>Refuses all requests from now on, with <see cref="EnqueueOutcome.Stopping"/>.</summary>
    public void Close()
    {
        lock (_gate)
            _isClosed = true;
        Schedule();
    }

    /// <summary>Takes a request without serving it.</summary>
    public bool TryTake(out TRequest request)
    {
        lock (_gate)
            return _requests.TryDequeue(out request!);
    }

    /// <summary>Schedules a turn. If the loop has ended, nothing happens.</summary>
    public void Schedule()
    {
        if (Volatile.Read(ref _isScheduled) == 0 && Interlocked.Exchange(ref _isScheduled, 1) == 0)
            _loop.TryPost(_wake);
    }

    private bool HasWork => _ready.Count != 0 || RequestCount != 0 && _turn.MayBegin;

    private void Turn()
    {
        Turns++;
        ServeRequests();
        ServeReady();
        _turn.Ended();
        if (HasWork)
        {
            TurnLater();
            return;
        }
        Interlocked.Exchange(ref _isScheduled, 0);
        if (HasWork)        // another thread has seen that a turn was scheduled
            Schedule();
    }

    /// <summary>The number is a second limit: in virtual time the clock stands still, so served items could ask for more forever.</summary>
    private void ServeRequests()
    {
        long start = _time.GetTimestamp();
        for (int left = _options.Capacity; left != 0 && _turn.MayBegin && TryTake(out var request); left--)
        {
            _served++;
            _turn.Serve(request);
            if (IsOver(start, RequestCount))
                return;
        }
    }

    private void ServeReady()
    {
        long start = _time.GetTimestamp();
        for (int left = _options.Places; left != 0 && _ready.TryDequeue(out var ready); left--)
        {
            _turn.ServeReady(ready);
            if (IsOver(start, _ready.Count))
                return;
        }
    }

    private bool IsOver(long start, int left)
    {
        if (_time.GetTimestamp() - start < _timeout)
            return false;
        if (left != 0)
            CutShort++;
        return true;
    }

    [Tamed]
    private partial void TurnLater();

    private void TurnLaterBody()
    {
        twait(e => asap(e));
        Turn();
    }

    /// <summary>The first turn of a series.</summary>
    private sealed class Wake(TwoQueues<TReady, TRequest> queues) : Message
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

namespace Tame.Stages;

/// <summary>
/// The engine of a stage for input and output: a bounded queue of requests and a bounded ready queue, on one loop. A turn serves requests until none is left or its time is up,
/// then the ready queue in the same way. The next turn comes in a later pass of the loop. So neither queue starves the other, nor the loop's other calls.
/// </summary>
/// <remarks>Everything that may become ready has reserved its place before, so <see cref="AddReady"/> never refuses. Requests and places are for any thread, the rest is for the loop's thread.</remarks>
internal sealed class TwoQueues<TReady, TRequest> : TurnQueues
{
    private readonly TurnOptions _options;
    private readonly ITurn<TReady, TRequest> _turn;
    private readonly TimeProvider _time;
    private readonly long _timeout;
    private readonly Lock _gate = new();
    private readonly Queue<(TRequest Request, RequestTimes Times)> _requests = new();
    private readonly Queue<TReady> _ready = new();
    private bool _isClosed;
    private long _accepted, _served;

    public TwoQueues(EventLoop loop, TurnOptions options, ITurn<TReady, TRequest> turn)
        : base(loop, options.Places)
    {
        (_options, _turn) = (options, turn);
        _time = options.TimeProvider ?? loop.TimeProvider;
        _timeout = (long)(options.Timeout.TotalSeconds * _time.TimestampFrequency);
    }

    public override int RequestCount => _requests.Count;

    public override int ReadyCount => _ready.Count;

    /// <summary>The times of the request that is served now.</summary>
    public RequestTimes Times { get; private set; }

    protected override long Accepted => Volatile.Read(ref _accepted);

    protected override long Served => Volatile.Read(ref _served);

    protected override bool HasWork => _ready.Count != 0 || RequestCount != 0 && _turn.MayBegin;

    /// <summary>Offers a request.</summary>
    public EnqueueOutcome TryRequest(in TRequest request)
    {
        var times = Measures.Arrive();
        lock (_gate)
        {
            if (_isClosed)
                return Refused(EnqueueOutcome.Stopping);
            if (_requests.Count >= _options.Capacity)
                return Refused(EnqueueOutcome.Full);
            _requests.Enqueue((request, times));
            _accepted++;
        }
        Schedule();
        return EnqueueOutcome.Accepted;
    }

    /// <summary>Queues a ready item, which has a place.</summary>
    public void AddReady(TReady ready)
    {
        _ready.Enqueue(ready);
        Schedule();
    }

    public override void Close()
    {
        lock (_gate)
            _isClosed = true;
        Schedule();
    }

    /// <summary>Takes a request without serving it.</summary>
    public bool TryTake(out TRequest request)
    {
        lock (_gate)
        {
            bool any = _requests.TryDequeue(out var first);
            (request, Times) = first;
            return any;
        }
    }

    protected override void Serve()
    {
        ServeRequests();
        ServeReady();
        _turn.Ended();
    }

    /// <summary>The number is a second limit: in virtual time the clock stands still, so served items could ask for more forever.</summary>
    private void ServeRequests()
    {
        long start = _time.GetTimestamp();
        for (int left = _options.Capacity; left != 0 && _turn.MayBegin && TryTake(out var request); left--)
        {
            _served++;
            Times = Measures.Begin(Times);
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
}

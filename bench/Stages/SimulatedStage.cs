namespace Tame.Stages.Responses;

/// <summary>How a simulated stage works, and what controls it.</summary>
internal sealed record SimulatedOptions
{
    /// <summary>How long a thread is busy with so many items that it takes at a time.</summary>
    public required Func<TimeSpan, int, TimeSpan> Work { get; init; }

    public int Capacity { get; init; } = 1_000_000;

    public int Threads { get; init; } = 1;

    public int BatchSize { get; init; } = 1;

    public IThreadPoolController? ThreadPool { get; init; }

    public IBatchController? Batching { get; init; }

    public IAdmissionController? Admission { get; init; }
}

/// <summary>A request that was answered.</summary>
internal readonly record struct Answer(TimeSpan At, TimeSpan Took, int Class, int Client);

/// <summary>A bounded queue with threads, in virtual time: a thread that works is a call that waits for a timer.</summary>
internal sealed partial class SimulatedStage(SimulatedOptions options)
{
    private readonly Queue<Answer> _queue = new();
    private readonly List<TimeSpan> _idleSince = [.. Enumerable.Repeat(TimeSpan.Zero, options.Threads)];
    private readonly long _start = EventLoop.Current!.TimeProvider.GetTimestamp();
    private int _busy;
    private long _arrivals;
    private long _completed;
    private long _refused;

    public List<Answer> Answers { get; } = [];

    public int Threads { get; private set; } = options.Threads;

    public int BatchSize { get; private set; } = options.BatchSize;

    public int QueueLength => _queue.Count;

    public TimeSpan Now => EventLoop.Current!.TimeProvider.GetElapsedTime(_start);

    /// <summary>Starts to ask the controllers.</summary>
    public void Start(Event done)
    {
        if (options.ThreadPool is { } pool)
            Ask(pool.Period, sample => Resize(pool.Threads(sample)), done);
        if (options.Batching is { } batching)
            Ask(batching.Period, sample => BatchSize = batching.BatchSize(sample), done);
    }

    /// <summary>False when the request is refused.</summary>
    public bool TryEnqueue(int requestClass, int client)
    {
        var now = Now;
        if (options.Admission?.TryAdmit(requestClass, now) == false || _queue.Count == options.Capacity)
        {
            _refused++;
            return false;
        }
        _arrivals++;
        _queue.Enqueue(new Answer(now, TimeSpan.Zero, requestClass, client));
        WakeThread();
        return true;
    }

    private void WakeThread()
    {
        if (_idleSince.Count == 0)
            return;
        _idleSince.RemoveAt(_idleSince.Count - 1);
        Run(Event.Detached);
    }

    [Tamed] private partial void Run(Event done);

    private void RunBody(Event done)
    {
        _busy++;
        while (_queue.Count > 0 && _busy <= Threads)
        {
            var batch = new Answer[Math.Min(_queue.Count, BatchSize)];
            for (int i = 0; i < batch.Length; i++)
                batch[i] = _queue.Dequeue();
            var work = options.Work(Now, batch.Length);
            twait(e => timer(work, e));
            Finish(batch);
        }
        _busy--;
        if (_busy + _idleSince.Count < Threads)
            _idleSince.Add(Now);
        done.Trigger();
    }

    private void Finish(Answer[] batch)
    {
        var now = Now;
        foreach (var request in batch)
        {
            var took = now - request.At;
            Answers.Add(request with { At = now, Took = took });
            options.Admission?.Observe(request.Class, took, now);
        }
        _completed += batch.Length;
    }

    private void Resize(int threads)
    {
        Threads = threads;
        while (_idleSince.Count > 0 && _busy + _idleSince.Count > threads)
            _idleSince.RemoveAt(0);
        while (_busy + _idleSince.Count < threads)
        {
            _idleSince.Add(Now);
            if (_queue.Count > 0)
                WakeThread();
        }
    }

    [Tamed] private partial void Ask(TimeSpan period, Action<StageSample> ask, Event done);

    private void AskBody(TimeSpan period, Action<StageSample> ask, Event done)
    {
        var (last, arrivals, completed, refused) = (Now, _arrivals, _completed, _refused);
        while (true)
        {
            twait(e => timer(period, e));
            ask(new StageSample
            {
                Now = Now,
                Elapsed = Now - last,
                QueueLength = _queue.Count,
                Capacity = options.Capacity,
                Threads = Threads,
                IdleThreads = _idleSince.Count,
                LongestIdle = _idleSince.Count > 0 ? Now - _idleSince[0] : TimeSpan.Zero,
                BatchSize = BatchSize,
                Arrivals = _arrivals - arrivals,
                Completed = _completed - completed,
                Refused = _refused - refused,
            });
            (last, arrivals, completed, refused) = (Now, _arrivals, _completed, _refused);
        }
    }
}

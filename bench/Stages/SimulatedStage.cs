namespace Tame.Stages.Responses;

/// <summary>
/// A queue with threads, in virtual time, which real threads do not keep: a thread that works is a call that waits for a timer. It asks a thread-pool controller.
/// </summary>
internal sealed partial class SimulatedStage : ITrialStage
{
    private readonly TrialOptions _options;

    private readonly Queue<Answer> _queue = new();
    private readonly List<TimeSpan> _idleSince;
    private readonly long _start = EventLoop.Current!.TimeProvider.GetTimestamp();
    private int _busy;

    public SimulatedStage(TrialOptions options)
    {
        (_options, Threads) = (options, options.Threads);
        _idleSince = [.. Enumerable.Repeat(TimeSpan.Zero, options.Threads)];
        Ask(options.ThreadPool!, Event.Detached);
    }

    public List<Answer> Answers { get; } = [];

    public int Threads { get; private set; }

    public int BatchSize => 1;

    public int QueueLength => _queue.Count;

    public TimeSpan Now => EventLoop.Current!.TimeProvider.GetElapsedTime(_start);

    public bool TryEnqueue(int requestClass, int client)
    {
        if (_queue.Count == _options.Capacity)
            return false;
        _queue.Enqueue(new Answer(Now, TimeSpan.Zero, requestClass, client));
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
            var request = _queue.Dequeue();
            var work = _options.Work(Now, 1);
            twait(e => timer(work, e));
            Answers.Add(request with { At = Now, Took = Now - request.At });
        }
        _busy--;
        if (_busy + _idleSince.Count < Threads)
            _idleSince.Add(Now);
        done.Trigger();
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

    [Tamed] private partial void Ask(IThreadPoolController controller, Event done);

    private void AskBody(IThreadPoolController controller, Event done)
    {
        while (true)
        {
            twait(e => timer(controller.Period, e));
            Resize(controller.Threads(new StageSample
            {
                Now = Now,
                Elapsed = controller.Period,
                QueueLength = _queue.Count,
                Capacity = _options.Capacity,
                Threads = Threads,
                IdleThreads = _idleSince.Count,
                LongestIdle = _idleSince.Count > 0 ? Now - _idleSince[0] : TimeSpan.Zero,
                BatchSize = 1,
            }));
        }
    }
}

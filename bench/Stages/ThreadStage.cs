using System.Collections.Concurrent;

namespace Tame.Stages.Responses;

/// <summary>A stage on threads of the system, which block as long as the work takes. It is for a trial in real time.</summary>
internal sealed class ThreadStage : ITrialStage
{
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly ConcurrentQueue<Answer> _done = new();
    private readonly List<Answer> _answers = [];
    private readonly Stage<Answer> _stage;

    public ThreadStage(TrialOptions options) => _stage = Stage.OnThreads<Answer>("trial", request =>
    {
        Thread.Sleep(options.Work(Now, 1));
        _done.Enqueue(request with { At = Now, Took = Now - request.At });
    }, new() { Capacity = options.Capacity, Threads = options.Threads, ThreadPool = options.ThreadPool });

    /// <summary>Only the loop of the trial reads them.</summary>
    public List<Answer> Answers
    {
        get
        {
            while (_done.TryDequeue(out var answer))
                _answers.Add(answer);
            return _answers;
        }
    }

    public int Threads => _stage.Concurrency;

    public int BatchSize => 1;

    public int QueueLength => _stage.Length;

    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_start);

    public bool TryEnqueue(int requestClass, int client) => _stage.TryEnqueue(new Answer(Now, TimeSpan.Zero, requestClass, client)) == EnqueueOutcome.Accepted;
}

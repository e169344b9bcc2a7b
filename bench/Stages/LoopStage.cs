namespace Tame.Stages.Responses;

/// <summary>A stage on the loop of the trial, whose work is a timer. It handles batches if it has a controller for them.</summary>
internal sealed partial class LoopStage : ITrialStage
{
    private readonly long _start = EventLoop.Current!.TimeProvider.GetTimestamp();
    private readonly TrialOptions _options;
    private readonly Stage<Answer> _stage;

    public LoopStage(TrialOptions options)
    {
        _options = options;
        var stage = new StageOptions<Answer>
        {
            Capacity = options.Capacity,
            MaxConcurrency = options.Threads,
            BatchSize = options.BatchSize,
            RequestClass = request => request.Class,
            Admission = options.Admission,
            Batching = options.Batching,
        };
        _stage = options.Batching is null ? Stage.OnLoop<Answer>("trial", Handle, stage) : Stage.OnLoopInBatches<Answer>("trial", HandleBatch, stage);
    }

    public List<Answer> Answers { get; } = [];

    public int Threads => _stage.Concurrency;

    public int BatchSize => _stage.BatchSize;

    public int QueueLength => _stage.Length;

    public TimeSpan Now => EventLoop.Current!.TimeProvider.GetElapsedTime(_start);

    public bool TryEnqueue(int requestClass, int client) => _stage.TryEnqueue(new Answer(Now, TimeSpan.Zero, requestClass, client)) == EnqueueOutcome.Accepted;

    private void Finish(Answer request) => Answers.Add(request with { At = Now, Took = Now - request.At });

    [Tamed] private partial void Handle(Answer request, Event done);

    private void HandleBody(Answer request, Event done)
    {
        var work = _options.Work(Now, 1);
        twait(e => timer(work, e));
        Finish(request);
        done.Trigger();
    }

    [Tamed] private partial void HandleBatch(StageBatch<Answer> batch, Event done);

    private void HandleBatchBody(StageBatch<Answer> batch, Event done)
    {
        var work = _options.Work(Now, batch.Count);
        twait(e => timer(work, e));
        for (int i = 0; i < batch.Count; i++)
            Finish(batch[i]);
        done.Trigger();
    }
}

namespace Tame.Stages;

/// <summary>The handler of a stage: one of the four kinds.</summary>
internal sealed class StageWork<T>
{
    public StageHandler<T>? Tamed { get; init; }

    public StageBatchHandler<T>? TamedBatch { get; init; }

    public Action<T>? Plain { get; init; }

    public Action<StageBatch<T>>? PlainBatch { get; init; }

    public bool IsOfBatches => TamedBatch is not null || PlainBatch is not null;
}

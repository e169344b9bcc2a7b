namespace Tame.Stages;

/// <summary>What the stage knows about itself.</summary>
public sealed partial class Stage<T>
{
    /// <summary>What threads have measured that are gone. Guarded by the lock.</summary>
    private readonly RunnerMeasures _retired = new();

    internal void SetBatchSize(int most) => _batchSize = Math.Max(1, most);
}

using System.Runtime.CompilerServices;

namespace Tame.Stages;

/// <summary>What one runner has measured. Its owner alone writes.</summary>
internal sealed class RunnerMeasures
{
    public long Completed;
    public long Failed;
    public long Batches;

    /// <summary>Items that began on the stack of who offered them.</summary>
    public long Direct;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Record(long waited, long served, long now)
    {
        Completed++;
    }

    public void RecordBatch(int count) => Batches += count;

    /// <summary>Adds what a thread has measured that is gone.</summary>
    public void Add(RunnerMeasures other)
    {
        Completed += other.Completed;
        Failed += other.Failed;
        Direct += other.Direct;
    }
}

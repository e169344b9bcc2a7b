namespace Tame.Stages;

/// <summary>The measurements of one runner. Only its owner writes.</summary>
internal sealed class RunnerMeasures(StageWindow window)
{
    private readonly Slot[] _slots = [new(), new()];

    public long Completed;
    public long Failed;

    /// <summary>Items that began on the caller's stack.</summary>
    public long Direct;
    public long Batches;

    /// <summary>An item is done. It counts for the given number of items.</summary>
    public void Record(long waited, long served, int weight)
    {
        int index = window.Index;
        var slot = _slots[index & 1];
        if (slot.Index != index)
            slot.Open(index);
        slot.Waiting.Add(waited, weight);
        slot.Service.Add(served, weight);
    }

    /// <summary>Adds the measurements of a thread that has ended, except its times.</summary>
    public void Add(RunnerMeasures other)
    {
        Completed += other.Completed;
        Failed += other.Failed;
        Direct += other.Direct;
        Batches += other.Batches;
    }

    /// <summary>Adds the times of this window and the one before.</summary>
    public void AddTo(Span<long> waiting, Span<long> service)
    {
        int index = window.Index;
        foreach (var slot in _slots)
        {
            if (slot.Index != index && slot.Index != index - 1)
                continue;
            slot.Waiting.AddTo(waiting);
            slot.Service.AddTo(service);
        }
    }

    /// <summary>The times of one window.</summary>
    private sealed class Slot
    {
        public readonly DurationHistogram Waiting = new();
        public readonly DurationHistogram Service = new();

        public int Index { get; private set; } = -1;

        public void Open(int index)
        {
            Waiting.Clear();
            Service.Clear();
            Index = index;
        }
    }
}

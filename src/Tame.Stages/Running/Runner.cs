namespace Tame.Stages;

/// <summary>
/// Handles items on one loop or one thread. It takes them from the stage's queue in chunks, so that the stage's lock is taken once per chunk. Entries it has not begun
/// still count as queued, and others may take them back. <see cref="Taken"/> says how far the owner is; only the thread that advances it has the entry.
/// </summary>
internal abstract class Runner<T>(Stage<T> stage)
{
    /// <summary>If there are other runners, no chunk is larger, so that they find entries without taking them back.</summary>
    private const int MostShared = 64;
    private EntryRing<T> _chunk;
    private Claims<RealMemory> _claims;

    /// <summary>The number of entries of the queue that have been begun here or taken back.</summary>
    public long Taken => _claims.Taken;

    public RunnerMeasures Measures { get; } = new(stage.Window);

    protected Stage<T> Stage => stage;

    /// <summary>The handler.</summary>
    protected StageWork<T> Work { get; } = stage.Work;

    /// <summary>Takes the next entry to begin, on the owner's thread. The entry then leaves the queue, and the owner has to let in offers that wait: <see cref="Stage{T}.GiveRoom"/>.</summary>
    public bool TryTake(out Entry<T> entry)
    {
        int index;
        while ((index = _claims.Claim()) < 0)
        {
            if (stage.Refill(this))
                continue;
            entry = default;
            return false;
        }
        _chunk.TakeAt(index, out entry);
        return true;
    }

    /// <summary>Takes entries of a queue into the used-up chunk. Inside the stage's lock.</summary>
    public void Fill(ref EntryRing<T> ring, int runners)
    {
        int count = runners == 1 ? ring.Count : Math.Clamp(ring.Count / runners, 1, MostShared);
        ring.MoveTo(ref _chunk, count);
        _claims.Open(count);
    }

    /// <summary>Takes back all entries that have not begun, in their order, in front of the others of the ring. Inside the stage's lock.</summary>
    public void Reclaim(ref IntakeCounts counts, ref EntryRing<T> ring)
    {
        if (_claims.Left == 0)
            return;
        int count = _claims.TakeBack(ref counts.Added, out int first);
        for (int at = first + count - 1; at >= first; at--)
        {
            _chunk.TakeAt(at, out var entry);
            ring.AddFirst(entry);
        }
    }

    /// <summary>A call of the handler has ended, on the owner's thread.</summary>
    public abstract void CallEnded();
}

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
    private long _chunkStart;
    private long _chunkEnd;
    private PaddedNumber _taken;

    /// <summary>The number of entries of the queue that have been begun here or taken back.</summary>
    public long Taken => Volatile.Read(ref _taken.Value);

    public RunnerMeasures Measures { get; } = new(stage.Window);

    protected Stage<T> Stage => stage;

    /// <summary>The handler.</summary>
    protected StageWork<T> Work { get; } = stage.Work;

    /// <summary>Takes the next entry to begin, on the owner's thread. The entry then leaves the queue, and the owner has to let in offers that wait: <see cref="Stage{T}.GiveRoom"/>.</summary>
    public bool TryTake(out Entry<T> entry)
    {
        while (true)
        {
            long next = Volatile.Read(ref _taken.Value);
            if (next == _chunkEnd)
            {
                if (stage.Refill(this))
                    continue;
                entry = default;
                return false;
            }
            if (Interlocked.CompareExchange(ref _taken.Value, next + 1, next) != next)
                continue;
            _chunk.TakeAt((int)(next - _chunkStart), out entry);
            return true;
        }
    }

    /// <summary>Takes entries of a queue into the used-up chunk. Inside the stage's lock.</summary>
    public void Fill(ref EntryRing<T> ring, int runners)
    {
        int count = runners == 1 ? ring.Count : Math.Clamp(ring.Count / runners, 1, MostShared);
        ring.MoveTo(ref _chunk, count);
        (_chunkStart, _chunkEnd) = (_taken.Value, _taken.Value + count);
    }

    /// <summary>The number of entries that can be taken back. Inside the stage's lock.</summary>
    public int Left => (int)(_chunkEnd - Taken);

    /// <summary>Takes back all entries that have not begun, in their order, with the last one first. Inside the stage's lock.</summary>
    /// <returns>The number of entries.</returns>
    public int Reclaim(ref EntryRing<T> ring)
    {
        long from = Interlocked.Exchange(ref _taken.Value, _chunkEnd);
        for (long at = _chunkEnd - 1; at >= from; at--)
        {
            _chunk.TakeAt((int)(at - _chunkStart), out var entry);
            ring.AddFirst(entry);
        }
        return (int)(_chunkEnd - from);
    }

    /// <summary>A call of the handler has ended, on the owner's thread.</summary>
    public abstract void CallEnded();
}

using System.Runtime.CompilerServices;

namespace Tame.Stages;

/// <summary>
/// Handles items on one loop or one thread. It takes them from the stage's queue in chunks, so that the stage's lock is taken once per chunk. Entries it has not begun
/// still count as queued, and others may take them back. <see cref="Taken"/> says how far the owner is; only the thread that advances it has the entry.
/// </summary>
internal abstract class Runner<T>(Stage<T> stage)
{
    private const int ChunkSize = 64;
    private readonly Entry<T>[] _chunk = new Entry<T>[ChunkSize];
    private long _chunkStart;
    private long _chunkEnd;
    private long _taken;

    /// <summary>The number of entries of the queue that have been begun here or taken back.</summary>
    public long Taken => Volatile.Read(ref _taken);

    public RunnerMeasures Measures { get; } = new(stage.Window);

    protected Stage<T> Stage => stage;

    /// <summary>Takes the next entry to begin, on the owner's thread. The entry then leaves the queue.</summary>
    public bool TryTake(out Entry<T> entry)
    {
        while (true)
        {
            long next = Volatile.Read(ref _taken);
            if (next == _chunkEnd)
            {
                if (stage.Refill(this))
                    continue;
                entry = default;
                return false;
            }
            if (Interlocked.CompareExchange(ref _taken, next + 1, next) != next)
                continue;
            ref var place = ref _chunk[next - _chunkStart];
            entry = place;
            place = default;
            stage.GiveRoom();
            return true;
        }
    }

    /// <summary>Takes entries of a queue into the used-up chunk. Inside the stage's lock.</summary>
    public void Fill(ref EntryRing<T> ring, int most)
    {
        int count = Math.Min(Math.Min(ring.Count, most), ChunkSize);
        ring.TakeTo(_chunk.AsSpan(0, count));
        (_chunkStart, _chunkEnd) = (_taken, _taken + count);
    }

    /// <summary>The number of entries that can be taken back. Inside the stage's lock.</summary>
    public int Left => (int)(_chunkEnd - Taken);

    /// <summary>Takes back all entries that have not begun, in their order. Inside the stage's lock.</summary>
    public Span<Entry<T>> Reclaim()
    {
        long from = Interlocked.Exchange(ref _taken, _chunkEnd);
        return _chunk.AsSpan((int)(from - _chunkStart), (int)(_chunkEnd - from));
    }

    /// <summary>A call of the handler has ended, on the owner's thread.</summary>
    public abstract void CallEnded();
}

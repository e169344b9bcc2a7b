using System.Runtime.CompilerServices;

namespace Tame.Stages;

/// <summary>
/// What handles items on one loop or one thread. It takes them from the stage's queue in chunks, so that the stage's lock is taken once a chunk. What it has not begun
/// still counts as queued, and others may take it back: <see cref="Taken"/> says how far the owner is, and only who moves it has the entry.
/// </summary>
internal abstract class Runner<T>(Stage<T> stage)
{
    private const int ChunkSize = 64;
    private readonly Entry<T>[] _chunk = new Entry<T>[ChunkSize];
    private long _chunkStart;
    private long _chunkEnd;
    private long _taken;

    /// <summary>How many entries of the queue have been begun here, or taken back.</summary>
    public long Taken => Volatile.Read(ref _taken);

    public RunnerMeasures Measures { get; } = new(stage.Window);

    protected Stage<T> Stage => stage;

    /// <summary>Takes the next entry to begin, on the owner's thread. It leaves the queue by this.</summary>
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

    /// <summary>Takes entries of a queue into the chunk, which is used up. Inside the stage's lock.</summary>
    public void Fill(ref EntryRing<T> ring, int most)
    {
        int count = Math.Min(Math.Min(ring.Count, most), ChunkSize);
        ring.TakeTo(_chunk.AsSpan(0, count));
        (_chunkStart, _chunkEnd) = (_taken, _taken + count);
    }

    /// <summary>How many entries can be taken back. Inside the stage's lock.</summary>
    public int Left => (int)(_chunkEnd - Taken);

    /// <summary>Takes all back that has not been begun, in its order. Inside the stage's lock.</summary>
    public Span<Entry<T>> Reclaim()
    {
        long from = Interlocked.Exchange(ref _taken, _chunkEnd);
        return _chunk.AsSpan((int)(from - _chunkStart), (int)(_chunkEnd - from));
    }

    /// <summary>A call of the handler has ended, on the owner's thread.</summary>
    public abstract void CallEnded();
}

using System.Runtime;

namespace Tame;

/// <summary>
/// The collections that the loops of a process ask for: one at a time, not above one part in a hundred of wall time, and after the first minute not more often
/// than every ten seconds. Any thread may use it.
/// </summary>
internal class ProbeBudget
{
    private const long Share = 100;

    /// <summary>Where a collection stops all threads, which takes a quarter of a second for a gigabyte, it may take one part in so many.</summary>
    private const long ShareWhereThreadsStop = 1000;

    private const long FirstMinute = 60_000;
    private const long LeastInterval = 10_000;
    private int _collecting;
    private long _first = long.MaxValue;
    private long _started;
    private long _notBefore;

    public static ProbeBudget OfProcess { get; } = new();

    /// <summary>Milliseconds of the system.</summary>
    public virtual long Now => Environment.TickCount64;

    /// <summary>No loop collects before this time.</summary>
    public long NotBefore
    {
        get => Volatile.Read(ref _notBefore);
        set => Volatile.Write(ref _notBefore, value);
    }

    /// <summary>Whether the collector stops all threads for a whole collection.</summary>
    protected virtual bool StopsThreads => GCSettings.LatencyMode == GCLatencyMode.Batch;

    /// <summary>Begins a full collection, unless one is under way. It runs beside the threads where the collector can do that, unless a caller waits for it.</summary>
    /// <param name="andWait">Wait for the collection, and for the finalizers of what it found.</param>
    /// <param name="areFinalized">These finalizers have run. Always false without a wait, and where a finalizer hangs.</param>
    public bool TryCollect(bool andWait, out bool areFinalized)
    {
        areFinalized = false;
        if (Interlocked.Exchange(ref _collecting, 1) != 0)
            return false;
        _started = Now;
        _first = Math.Min(_first, _started);
        areFinalized = Collect(andWait);
        return true;
    }

    /// <summary>The collection is over. What finalizers then do takes nothing from the budget.</summary>
    public void End()
    {
        long now = Now;
        long pause = (now - _started) * ((StopsThreads ? ShareWhereThreadsStop : Share) - 1);
        NotBefore = now + (_started - _first < FirstMinute ? pause : Math.Max(pause, LeastInterval));
        Volatile.Write(ref _collecting, 0);
    }

    /// <summary>Collects. True when the finalizers of what was found have run.</summary>
    protected virtual bool Collect(bool andWait)
    {
        if (andWait)
        {
            GC.Collect();
            End();
            return FinalizerQueue.TryDrain();
        }
        long before = FullCollections.Finished;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        FullCollections.WhenFinishedAfter(before, End);
        return false;
    }
}

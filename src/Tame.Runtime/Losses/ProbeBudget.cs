using System.Runtime;

namespace Tame;

/// <summary>
/// The collections that the loops of a process ask for: one at a time, not above one part in a hundred of wall time, and after the first minute not more often
/// than every ten seconds. Any thread may use it.
/// </summary>
internal class ProbeBudget
{
    private const long Share = 100;

    /// <summary>Where a collection stops all threads, it may take one part in so many.</summary>
    private const long ShareWhereThreadsStop = 1000;

    /// <summary>Milliseconds that a look may stop all threads.</summary>
    private const double LongestPause = 10;

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

    /// <summary>Milliseconds that a full collection would stop all threads.</summary>
    protected virtual double ExpectedPause => PauseOf(GC.GetTotalMemory(false), GC.GetGCMemoryInfo(GCKind.FullBlocking));

    /// <summary>Begins a full collection, unless one is under way. It runs beside the threads where the collector can do that, unless a caller waits for it. Where
    /// it would stop them for long, only what is young is collected.</summary>
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
        if (StopsThreads && ExpectedPause > LongestPause)
        {
            CollectYoung();
            End();
            return false;
        }
        CollectAll();
        return false;
    }

    /// <summary>Begins a full collection, which ends the look.</summary>
    protected virtual void CollectAll()
    {
        long before = FullCollections.Finished;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        FullCollections.WhenFinishedAfter(before, End);
    }

    /// <summary>Collects what is young.</summary>
    protected virtual void CollectYoung() => GC.Collect(1, GCCollectionMode.Forced, blocking: true);

    /// <summary>
    /// As long for each byte as the last full collection took. Bounds keep one that the system held up from ending all looks: 0.3 ns a byte was seen of small
    /// objects, see decision 0055.
    /// </summary>
    private static double PauseOf(long bytes, in GCMemoryInfo last)
    {
        double each = last.HeapSizeBytes == 0 ? 0 : last.PauseDurations[0].TotalNanoseconds / last.HeapSizeBytes;
        return bytes * Math.Clamp(each, 0.3, 1) / 1e6;
    }
}

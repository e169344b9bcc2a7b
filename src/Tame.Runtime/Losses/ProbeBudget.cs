using System.Runtime;

namespace Tame;

/// <summary>
/// Limits the garbage collections that the loops of a process request. One runs at a time, together they take at most one hundredth of wall time, and after
/// the first minute they are at least ten seconds apart. Any thread may use it.
/// </summary>
internal class ProbeBudget
{
    private const long Share = 100;

    /// <summary>The same limit, as a divisor, for collections that stop all threads.</summary>
    private const long ShareWhereThreadsStop = 1000;

    /// <summary>The longest time, in milliseconds, for which a look may stop all threads.</summary>
    private const double LongestPause = 10;

    private const long FirstMinute = 60_000;
    private const long LeastInterval = 10_000;
    private int _collecting;
    private long _first = long.MaxValue;
    private long _started;
    private long _notBefore;

    public static ProbeBudget OfProcess { get; } = new();

    /// <summary>The system's time in milliseconds.</summary>
    public virtual long Now => Environment.TickCount64;

    /// <summary>No loop collects before this time.</summary>
    public long NotBefore
    {
        get => Volatile.Read(ref _notBefore);
        set => Volatile.Write(ref _notBefore, value);
    }

    /// <summary>Whether the collector stops all threads for the whole of a collection.</summary>
    protected virtual bool StopsThreads => GCSettings.LatencyMode == GCLatencyMode.Batch;

    /// <summary>The expected time, in milliseconds, for which a full collection would stop all threads.</summary>
    protected virtual double ExpectedPause => PauseOf(GC.GetTotalMemory(false), GC.GetGCMemoryInfo(GCKind.FullBlocking));

    /// <summary>
    /// Begins a full collection, unless one is in progress. It runs concurrently with other threads if the collector can do that and the caller does not wait
    /// for it. If it would stop all threads for long, only the young generations are collected.
    /// </summary>
    /// <param name="andWait">Whether to wait for the collection, and for the finalizers of the objects that it found.</param>
    /// <param name="areFinalized">Whether these finalizers have run. Always false without a wait, and if a finalizer hangs.</param>
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

    /// <summary>Called when the collection is over. The time of finalizers does not count.</summary>
    public void End()
    {
        long now = Now;
        long pause = (now - _started) * ((StopsThreads ? ShareWhereThreadsStop : Share) - 1);
        NotBefore = now + (_started - _first < FirstMinute ? pause : Math.Max(pause, LeastInterval));
        Volatile.Write(ref _collecting, 0);
    }

    /// <summary>Collects. True if the finalizers of the objects that it found have run.</summary>
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

    /// <summary>Begins a full collection, and calls <see cref="End"/> when it is over.</summary>
    protected virtual void CollectAll()
    {
        long before = FullCollections.Finished;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        FullCollections.WhenFinishedAfter(before, End);
    }

    /// <summary>Collects the young generations.</summary>
    protected virtual void CollectYoung() => GC.Collect(1, GCCollectionMode.Forced, blocking: true);

    /// <summary>
    /// The expected pause: the time per byte of the last full collection, but at least 0.3 and at most 1 ns, times the bytes. Without these bounds, one pause
    /// that the system prolonged could prevent all looks. See decision 0055.
    /// </summary>
    private static double PauseOf(long bytes, in GCMemoryInfo last)
    {
        double each = last.HeapSizeBytes == 0 ? 0 : last.PauseDurations[0].TotalNanoseconds / last.HeapSizeBytes;
        return bytes * Math.Clamp(each, 0.3, 1) / 1e6;
    }
}

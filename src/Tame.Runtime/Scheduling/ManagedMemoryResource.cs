namespace Tame;

/// <summary>See <see cref="Resource.ManagedMemory"/>.</summary>
internal sealed class ManagedMemoryResource() : MeasuredResource("managed memory", Math.Max(1, CapacityOf(GC.GetGCMemoryInfo(GCKind.Any))))
{
    /// <summary>
    /// The share of the heap's limit that counts as its capacity. The rest is for allocations until the next collection, and for gaps between large objects.
    /// </summary>
    private const double ShareOfLimit = 0.7;

    private readonly StaleMemory _stale = new();
    private long _measured;
    private double _takenThen;

    /// <summary>The thread of the last measurement. A guest loop may continue on another one, whose allocations are not known.</summary>
    private int _thread;

    /// <summary>Every stretch allocates a little, so only what could fill the memory counts: a ten-thousandth of the capacity, and at most 64 KB.</summary>
    internal override double LeastTaken => Math.Min(Capacity * 1e-4, 1 << 16);

    internal override bool EndsWithCall => true;

    /// <summary>Near the limit, collects the young generations, so that garbage among the latest allocations does not count as used.</summary>
    internal override void Measure(EventLoop loop)
    {
        var info = GC.GetGCMemoryInfo(GCKind.Any);
        if (ShareOf(info, info.HeapSizeBytes) < HighWatermark && ShareOf(info, GC.GetTotalMemory(forceFullCollection: false)) >= HighWatermark)
        {
            GC.Collect(1, GCCollectionMode.Forced, blocking: true);
            info = GC.GetGCMemoryInfo(GCKind.Any);
        }
        _measured = (long)(Capacity * ShareOf(info, info.HeapSizeBytes));
        (_takenThen, _thread) = (Taken(loop), Environment.CurrentManagedThreadId);
        Set(_measured);
        _stale.Look(loop.Coarse, IsScarce);
    }

    internal override void Estimate(EventLoop loop) => Set(_measured + (_thread == Environment.CurrentManagedThreadId ? (long)(Taken(loop) - _takenThen) : 0));

    internal override double Taken(EventLoop loop) => GC.GetAllocatedBytesForCurrentThread();

    /// <summary>The capacity in bytes. A container, or a setting such as GCHeapHardLimit, may limit the heap to less than the machine's memory.</summary>
    private static long CapacityOf(in GCMemoryInfo info)
    {
        long limit = (long)(ShareOfLimit * info.TotalAvailableMemoryBytes);
        return info.HighMemoryLoadThresholdBytes is var high and > 0 ? Math.Min(high, limit) : limit;
    }

    /// <summary>
    /// The used share: that of the machine or that of the heap, whichever is greater. Zero before the first collection, because both are unknown.
    /// </summary>
    private static double ShareOf(in GCMemoryInfo info, long heap)
    {
        if (info.Index == 0)
            return 0;
        double load = (double)info.MemoryLoadBytes / Math.Max(1, info.HighMemoryLoadThresholdBytes);
        return Math.Max(load, heap / Math.Max(1, ShareOfLimit * info.TotalAvailableMemoryBytes));
    }
}

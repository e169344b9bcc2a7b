namespace Tame;

/// <summary>See <see cref="Resource.ManagedMemory"/>.</summary>
internal sealed class ManagedMemoryResource() : MeasuredResource("managed memory", Math.Max(1, CapacityOf(GC.GetGCMemoryInfo(GCKind.Any))))
{
    /// <summary>
    /// The share of the heap's limit that counts as its capacity. The rest is for allocations until the next collection, and for gaps between large objects.
    /// </summary>
    private const double ShareOfLimit = 0.8;

    private readonly StaleMemory _stale = new();

    /// <summary>A millionth of the capacity, because every stretch allocates a little.</summary>
    internal override double LeastTaken => Capacity * 1e-6;

    internal override bool EndsWithCall => true;

    internal override void Measure(EventLoop loop)
    {
        var info = GC.GetGCMemoryInfo(GCKind.Any);
        Set((long)(Capacity * ShareOf(info)));
        _stale.Look(loop.Coarse, IsScarce);
    }

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
    private static double ShareOf(in GCMemoryInfo info)
    {
        if (info.Index == 0)
            return 0;
        double load = (double)info.MemoryLoadBytes / Math.Max(1, info.HighMemoryLoadThresholdBytes);
        return Math.Max(load, info.HeapSizeBytes / Math.Max(1, ShareOfLimit * info.TotalAvailableMemoryBytes));
    }
}

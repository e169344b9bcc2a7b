namespace Tame.Dashboards.Figures;

/// <summary>
/// Counts the open file descriptors of the process, on Linux. With many file descriptors this takes milliseconds, so another thread counts.
/// </summary>
internal sealed class DescriptorCount
{
    private const int None = -1;
    private static readonly bool s_isKnown = OperatingSystem.IsLinux();
    private int _last = None;
    private int _isCounting;

    /// <summary>The last count; null before the first one. Reading it begins the next count.</summary>
    public double? Last
    {
        get
        {
            if (s_isKnown && Interlocked.Exchange(ref _isCounting, 1) == 0)
                ThreadPool.UnsafeQueueUserWorkItem(static count => count.Count(), this, preferLocal: false);
            return Volatile.Read(ref _last) is var last and not None ? last : null;
        }
    }

    private void Count()
    {
        if (DescriptorLimit.CountOpen() is { } count)
            Volatile.Write(ref _last, count);
        Volatile.Write(ref _isCounting, 0);
    }
}

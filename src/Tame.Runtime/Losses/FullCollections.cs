namespace Tame;

/// <summary>
/// Calls an action when a full garbage collection is over, whether or not its finalizers have run. The system does not report that, so a timer checks.
/// </summary>
internal sealed class FullCollections : IDisposable
{
    /// <summary>Milliseconds between two checks.</summary>
    private const int Period = 2;

    /// <summary>The number of checks after which a collection counts as finished even if the system does not show it: ten seconds.</summary>
    private const int MostLooks = 5000;

    private readonly long _before;
    private readonly Action _then;
    private readonly Timer _timer;
    private int _looks;

    private FullCollections(long before, Action then)
    {
        (_before, _then) = (before, then);
        _timer = new Timer(static state => ((FullCollections)state!).Look(), this, Timeout.Infinite, Timeout.Infinite);
        _timer.Change(Period, Timeout.Infinite);
    }

    /// <summary>A number that changes when a full collection is over.</summary>
    public static long Finished => GC.GetGCMemoryInfo(GCKind.Background).Index + GC.GetGCMemoryInfo(GCKind.FullBlocking).Index;

    /// <summary>
    /// Calls an action when a full collection has finished since <see cref="Finished"/> was <paramref name="before"/>; at once if that is already so.
    /// </summary>
    public static void WhenFinishedAfter(long before, Action then)
    {
        if (Finished != before)
            then();
        else
            _ = new FullCollections(before, then);
    }

    private void Look()
    {
        if (Finished == _before && ++_looks < MostLooks)
        {
            _timer.Change(Period, Timeout.Infinite);
            return;
        }
        Dispose();
        _then();
    }

    public void Dispose() => _timer.Dispose();
}

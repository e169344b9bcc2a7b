namespace Tame;

/// <summary>Tells when a full collection is over, whatever finalizers do then. The system has no notice of that, so a timer looks.</summary>
internal sealed class FullCollections : IDisposable
{
    /// <summary>Milliseconds between two looks.</summary>
    private const int Period = 2;

    /// <summary>Looks until a collection that does not show is taken for finished: ten seconds.</summary>
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

    /// <summary>A number that grows when a full collection is over.</summary>
    public static long Finished => GC.GetGCMemoryInfo(GCKind.Background).Index + GC.GetGCMemoryInfo(GCKind.FullBlocking).Index;

    /// <summary>Calls an action, perhaps at once, when a full collection is over that was not at the time of <paramref name="before"/>.</summary>
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

namespace Tame;

/// <summary>
/// Keeps the garbage collector's numbers current while memory is scarce. They come from its last collection. A loop that begins no work allocates little, so
/// no further collection may happen, and memory would stay scarce although it has become garbage. So this class starts a full collection if none has happened
/// for a time. That time doubles with each collection that does not help. Use it on the loop's thread.
/// </summary>
internal sealed class StaleMemory
{
    /// <summary>The milliseconds until the first collection, and the maximum between two collections.</summary>
    private const int First = 500, Longest = 32_000;

    /// <summary>The milliseconds between now and the next look, or 0 while memory is not scarce.</summary>
    private int _wait;
    private long _due;
    private int _collections;

    /// <summary>Called at each measurement.</summary>
    /// <param name="now">The loop's coarse clock, in milliseconds.</param>
    /// <param name="isScarce">Whether memory was scarce at the last collection.</param>
    public void Look(long now, bool isScarce)
    {
        if (!isScarce)
        {
            _wait = 0;
            return;
        }
        if (_wait != 0 && now < _due)
            return;
        if (_wait != 0 && FullCollections == _collections)
            Collect();
        _wait = Math.Clamp(2 * _wait, First, Longest);
        _due = now + _wait;
        _collections = FullCollections;
    }

    private static int FullCollections => GC.CollectionCount(GC.MaxGeneration);

    private static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
}

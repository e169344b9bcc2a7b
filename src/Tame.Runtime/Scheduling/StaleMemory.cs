namespace Tame;

/// <summary>
/// Keeps the figures of the collector fresh while memory is scarce. They are those of its last collection. A loop that begins no work allocates little, so there
/// may be no next one, and memory that has become garbage would stay scarce. So this starts a full collection where there was none for a time, which doubles with
/// each that does not help. Use it on the loop's thread.
/// </summary>
internal sealed class StaleMemory
{
    /// <summary>The milliseconds until the first collection, and the most between two.</summary>
    private const int First = 500, Longest = 32_000;

    /// <summary>The milliseconds between now and the next look, or 0 while memory is not scarce.</summary>
    private int _wait;
    private long _due;
    private int _collections;

    /// <summary>Called at each measurement.</summary>
    /// <param name="now">The loop's coarse clock, in milliseconds.</param>
    /// <param name="isScarce">Memory is scarce by the last collection.</param>
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

namespace Tame.IO;

/// <summary>
/// While code of other libraries runs, no SynchronizationContext is current: a continuation that wants none is then run in place, on the loop's thread, and not handed to the thread pool.
/// </summary>
internal readonly ref struct NoContext
{
    private readonly SynchronizationContext? _before;

    public NoContext()
    {
        _before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
    }

    public void Dispose() => SynchronizationContext.SetSynchronizationContext(_before);
}

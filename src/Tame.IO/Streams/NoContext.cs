namespace Tame.IO;

/// <summary>
/// While code of other libraries runs, no SynchronizationContext is current. A continuation that needs none then runs in place, on the loop's thread, instead of on the thread pool.
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

namespace Tame;

/// <summary>The finalizers that the last collection left to run. Any thread may use it.</summary>
internal sealed class FinalizerQueue
{
    private const int LongestWait = 1000;

    /// <summary>How many drains were given up and have not ended: a finalizer hangs, perhaps since it waits for a loop.</summary>
    private static int s_hanging;
    private int _isOver;

    /// <summary>Waits until finalizers have run. For one that hangs it waits once, for a second, and not again while that hangs.</summary>
    public static bool TryDrain()
    {
        if (Volatile.Read(ref s_hanging) != 0)
            return false;
        var drain = new FinalizerQueue();
        var thread = new Thread(drain.Drain) { IsBackground = true };
        thread.UnsafeStart();
        if (thread.Join(LongestWait))
            return true;
        Interlocked.Increment(ref s_hanging);
        drain.EndOnce();
        return false;
    }

    private void Drain()
    {
#pragma warning disable RS0030 // This thread may wait without end, the loop waits for a second.
        GC.WaitForPendingFinalizers();
#pragma warning restore RS0030
        EndOnce();
    }

    /// <summary>The second of the two that are here knows that the other has given up, or has ended, before.</summary>
    private void EndOnce()
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
            Interlocked.Decrement(ref s_hanging);
    }
}

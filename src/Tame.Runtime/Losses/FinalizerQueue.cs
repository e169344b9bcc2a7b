namespace Tame;

/// <summary>Waits for the finalizers that the last garbage collection queued. Any thread may use it.</summary>
internal sealed class FinalizerQueue
{
    private const int LongestWait = 1000;

    /// <summary>The number of waits that timed out and have not ended: a finalizer hangs, perhaps because it waits for a loop.</summary>
    private static int s_hanging;
    private int _isOver;

    /// <summary>Waits until finalizers have run, for a second at most. While a finalizer hangs, further calls do not wait and return false.</summary>
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
#pragma warning disable RS0030 // This thread may wait forever; the loop waits only for a second.
        GC.WaitForPendingFinalizers();
#pragma warning restore RS0030
        EndOnce();
    }

    /// <summary>Called by the waiter when it times out, and by the thread when it ends. The second of the two calls decrements the count.</summary>
    private void EndOnce()
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
            Interlocked.Decrement(ref s_hanging);
    }
}

namespace Tame.Guests;

/// <summary>Runs turns on the thread pool.</summary>
internal sealed class ThreadPoolHost : EventLoopHost
{
    protected internal override void Schedule(EventLoop loop)
    {
        var guest = loop.Guest!;
        if (!PoolTurns.TryKeep(guest))
            System.Threading.ThreadPool.UnsafeQueueUserWorkItem(guest, preferLocal: false);
    }
}

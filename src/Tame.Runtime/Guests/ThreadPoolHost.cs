namespace Tame.Guests;

/// <summary>The thread pool.</summary>
internal sealed class ThreadPoolHost : EventLoopHost
{
    protected internal override void Schedule(EventLoop loop) => System.Threading.ThreadPool.UnsafeQueueUserWorkItem(loop.Guest!, preferLocal: false);
}

using Tame.IO;

namespace Tame.AspNetCore;

/// <summary>Waits until a socket is ready in one direction, and has the loop run what is to be done then, once. For the loop's thread.</summary>
internal sealed class Readiness(EventLoop loop, SocketHandle socket, FdEvents interest, Action ready) : Waiter
{
    private Work? _work;

    public override bool NeedsLooking => false;

    public bool IsWaiting { get; private set; }

    /// <summary>Waits, unless it does already.</summary>
    /// <exception cref="IOException">The system cannot watch the socket.</exception>
    public void Wait()
    {
        if (IsWaiting)
            return;
        IsWaiting = true;
        LinuxSocket.Wait(loop, socket, interest, this);
    }

    /// <summary>Waits no longer.</summary>
    public void Stop()
    {
        if (IsWaiting)
            LinuxSocket.StopWaiting(loop, this);
        IsWaiting = false;
    }

    /// <summary>What is wrong shows at the call that follows. That runs user code, and so comes from the ready queue.</summary>
    public override void Report(Exception? error)
    {
        IsWaiting = false;
        loop.AddReady(_work ??= new Work(ready));
    }

    internal override void Completed(EventLoop loop)
    {
    }

    private sealed class Work(Action ready) : Message
    {
        internal override void Run(EventLoop loop) => ready();

        internal override void Drop(EventLoop loop)
        {
        }
    }
}

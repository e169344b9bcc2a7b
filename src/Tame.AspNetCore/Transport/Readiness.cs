using Tame.IO;

namespace Tame.AspNetCore;

/// <summary>Waits until a socket is ready in one direction. For the loop's thread.</summary>
/// <param name="loop">The loop.</param>
/// <param name="socket">The socket.</param>
/// <param name="interest">The direction.</param>
/// <param name="side">What is told.</param>
internal sealed class Readiness(EventLoop loop, SocketHandle socket, FdEvents interest, IReadySide side) : Waiter
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
        LinuxSocket.Wait(loop, socket, interest, this);
        IsWaiting = true;
    }

    /// <summary>Waits no longer.</summary>
    public void Stop()
    {
        if (IsWaiting)
            LinuxSocket.StopWaiting(loop, this);
        IsWaiting = false;
    }

    /// <summary>What is wrong shows at the system call that follows.</summary>
    public override void Report(Exception? error)
    {
        IsWaiting = false;
        side.Take();
        loop.AddReady(_work ??= new Work(side));
    }

    internal override void Completed(EventLoop loop)
    {
    }

    private sealed class Work(IReadySide side) : Message
    {
        internal override void Run(EventLoop loop) => side.GoOn();

        internal override void Drop(EventLoop loop) => side.Abandon();
    }
}

/// <summary>A direction of a socket that becomes ready. Each readiness is told in two steps, the second from the loop's ready queue.</summary>
internal interface IReadySide
{
    /// <summary>
    /// Takes what is there, inside of the poll, where no user code runs. A socket that stays readable is reported again before its turn in the ready queue, and would cost two system calls.
    /// </summary>
    void Take();

    /// <summary>Lets go on what waited, and waits again.</summary>
    void GoOn();

    /// <summary>The loop has ended before <see cref="GoOn"/>: lets go on elsewhere what waited.</summary>
    void Abandon();
}

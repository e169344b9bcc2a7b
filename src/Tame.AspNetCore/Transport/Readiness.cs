using Tame.IO;

namespace Tame.AspNetCore;

/// <summary>Waits until a socket is ready in one direction. Then the loop runs the action from its ready queue, because the action may run user code. For the loop's thread.</summary>
/// <param name="loop">The loop.</param>
/// <param name="socket">The socket.</param>
/// <param name="interest">The direction.</param>
/// <param name="goOn">The action.</param>
internal sealed class Readiness(EventLoop loop, SocketHandle socket, FdEvents interest, Action goOn) : Waiter
{
    private Work? _work;

    public override bool NeedsLooking => false;

    public bool IsWaiting { get; private set; }

    /// <summary>
    /// It keeps watching the socket until <see cref="Stop"/>. A report that nothing waits for costs two system calls, for example one that comes before the action has run.
    /// </summary>
    public bool IsLasting { get; init; }

    /// <summary>Starts to wait, unless it is waiting already.</summary>
    /// <exception cref="IOException">The system cannot watch the socket.</exception>
    public void Wait()
    {
        if (IsWaiting)
            return;
        LinuxSocket.Wait(loop, socket, interest, this);
        IsWaiting = true;
    }

    /// <summary>Stops waiting.</summary>
    public void Stop()
    {
        if (IsWaiting)
            LinuxSocket.StopWaiting(loop, this);
        IsWaiting = false;
    }

    /// <summary>Queues the action, with or without an error: the system call of the action reports it.</summary>
    public override void Report(Exception? error)
    {
        IsWaiting = false;
        _work ??= new Work(goOn);
        if (!_work.IsQueued)
        {
            _work.IsQueued = true;
            loop.AddReady(_work);
        }
        if (IsLasting && error is null)
            Wait();     // the socket is already watched, so no system call can fail
    }

    internal override void Completed(EventLoop loop)
    {
    }

    private sealed class Work(Action goOn) : Message
    {
        public bool IsQueued { get; set; }

        internal override void Run(EventLoop loop)
        {
            IsQueued = false;
            goOn();
        }

        /// <summary>Does nothing. Connections have their own notice of the loop's end, and listeners end before their loop.</summary>
        internal override void Drop(EventLoop loop)
        {
        }
    }
}

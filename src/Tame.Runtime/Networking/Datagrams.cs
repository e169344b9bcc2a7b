using System.Net;
using System.Net.Sockets;

namespace Tame;

/// <summary>A socket for datagrams at one address. A <see cref="Network"/> makes it, and it belongs to the loop on which it was made.</summary>
/// <remarks>At most one receive and one send are under way at a time. All members are for the loop's thread, except for <see cref="Dispose"/>.</remarks>
public abstract class Datagrams : IDisposable
{
    private DatagramReceive? _receive;
    private DatagramSend? _send;

    /// <summary>Makes a socket that belongs to this thread's loop.</summary>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    protected Datagrams() => Loop = EventLoop.Current ?? throw Errors.NoLoop();

    /// <summary>The address of this side, with the port that was chosen.</summary>
    public abstract EndPoint LocalEndPoint { get; }

    /// <summary>The socket was closed by <see cref="Dispose"/>.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The loop that the socket belongs to.</summary>
    internal EventLoop Loop { get; }

    /// <summary>What waits in the descriptor table to receive.</summary>
    internal IO.Waiter ReceiveWaiter => _receive!;

    /// <summary>What waits in the descriptor table to send.</summary>
    internal IO.Waiter SendWaiter => _send!;

    /// <summary>Receives a datagram.</summary>
    /// <param name="buffer">Where its bytes go.</param>
    /// <param name="received">Gets how many bytes it has, and who sent it. One that is longer than the buffer fails it with <see cref="SocketError.MessageSize"/>, and is dropped.</param>
    /// <exception cref="InvalidOperationException">A receive is under way, or this is not the loop's thread.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    public void Receive(Memory<byte> buffer, Event<int, EndPoint> received)
    {
        if (!Begin(received.Unblocker))
            return;
        var operation = _receive ??= new DatagramReceive(this);
        if (operation.IsUnderWay)
            throw NetworkErrors.UnderWay("receive", "socket");
        operation.Start(buffer, received);
    }

    /// <summary>Sends a datagram.</summary>
    /// <param name="buffer">Its bytes. They must not change until the event completes.</param>
    /// <param name="to">Its receiver.</param>
    /// <param name="sent">Triggered when the system has taken it, which does not mean that it arrives.</param>
    /// <exception cref="InvalidOperationException">A send is under way, or this is not the loop's thread.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    public void Send(ReadOnlyMemory<byte> buffer, EndPoint to, Event sent)
    {
        ArgumentNullException.ThrowIfNull(to);
        if (!Begin(sent))
            return;
        var operation = _send ??= new DatagramSend(this);
        if (operation.IsUnderWay)
            throw NetworkErrors.UnderWay("send", "socket");
        operation.Start(buffer, to, sent);
    }

    /// <summary>
    /// Closes the socket. Operations that are under way fail with an <see cref="ObjectDisposedException"/>. Any thread may call it: from another than the loop's, the loop closes the socket soon
    /// after.
    /// </summary>
    public void Dispose()
    {
        if (LoopThread.HasEntered(Loop) || !Loop.TryPost(new PostedAction(Dispose)))
            Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes a datagram that is there. The base class calls it on the loop's thread, while no other receive is under way.</summary>
    /// <param name="buffer">Where its bytes go.</param>
    /// <param name="from">Who sent it; null where there is an error.</param>
    /// <param name="error"><see cref="SocketError.Success"/>, <see cref="SocketError.WouldBlock"/> when none is there yet, or what is wrong.</param>
    /// <returns>How many bytes it has.</returns>
    protected abstract int ReceiveCore(Span<byte> buffer, out EndPoint? from, out SocketError error);

    /// <summary>Sends a datagram without waiting. The base class calls it on the loop's thread, while no other send is under way.</summary>
    /// <param name="buffer">Its bytes.</param>
    /// <param name="to">Its receiver.</param>
    /// <param name="error"><see cref="SocketError.Success"/>, <see cref="SocketError.WouldBlock"/> when it cannot be sent now, or what is wrong.</param>
    protected abstract void SendCore(ReadOnlySpan<byte> buffer, EndPoint to, out SocketError error);

    /// <summary>Closes the socket. Called once; where the loop has ended, on any thread. No wait is under way then.</summary>
    protected abstract void CloseCore();

    /// <summary>Has <see cref="OnReadable"/> called once, as soon as a datagram is there, which may be at once; but not inside this call, and on the loop's thread.</summary>
    protected abstract void WaitToReceive();

    /// <summary>The call that <see cref="WaitToReceive"/> asked for is no longer wanted. It may come nevertheless.</summary>
    protected abstract void StopWaitToReceive();

    /// <summary>Has <see cref="OnWritable"/> called once, as soon as a datagram can be sent, which may be at once; but not inside this call, and on the loop's thread.</summary>
    protected abstract void WaitToSend();

    /// <summary>The call that <see cref="WaitToSend"/> asked for is no longer wanted. It may come nevertheless.</summary>
    protected abstract void StopWaitToSend();

    /// <summary>A datagram is there. For the loop's thread; without effect where nothing waits for it.</summary>
    protected void OnReadable() => _receive?.Report(null);

    /// <summary>A datagram can be sent. For the loop's thread; without effect where nothing waits for it.</summary>
    protected void OnWritable() => _send?.Report(null);

    internal int Receive(Span<byte> buffer, out EndPoint? from, out SocketError error) => ReceiveCore(buffer, out from, out error);

    internal void Send(ReadOnlySpan<byte> buffer, EndPoint to, out SocketError error) => SendCore(buffer, to, out error);

    internal void StartWaitingToReceive() => WaitToReceive();

    internal void StopWaitingToReceive() => StopWaitToReceive();

    internal void StartWaitingToSend() => WaitToSend();

    internal void StopWaitingToSend() => StopWaitToSend();

    /// <summary>Whether an operation is to be started for an event. One on a closed socket fails at once.</summary>
    private bool Begin(Event e)
    {
        if (!LoopThread.HasEntered(Loop))
            throw Errors.WrongThread("This socket", Loop);
        if (!Operation.Admits(e, Loop))
            return false;
        if (!IsClosed)
            return true;
        e.Fail(NetworkErrors.Closed(this, "socket"));
        return false;
    }

    private void Close()
    {
        if (IsClosed)
            return;
        IsClosed = true;
        if (_receive is { IsUnderWay: true })
            _receive.Fail(NetworkErrors.Closed(this, "socket"));
        if (_send is { IsUnderWay: true })
            _send.Fail(NetworkErrors.Closed(this, "socket"));
        CloseCore();
    }
}

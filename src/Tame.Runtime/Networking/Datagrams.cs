using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using Tame.CompilerServices;

namespace Tame;

/// <summary>A socket for datagrams at one address. A <see cref="Network"/> creates it, and it belongs to the loop on which it was created.</summary>
/// <remarks>At most one receive and one send can be in progress at a time. Call its members only on the loop's thread, except for <see cref="Dispose"/>.</remarks>
public abstract class Datagrams : IDisposable
{
    private DatagramReceive? _receive;
    private DatagramSend? _send;

    /// <summary>Creates a socket that belongs to this thread's loop.</summary>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    protected Datagrams() => Loop = EventLoop.Current ?? throw Errors.NoLoop();

    /// <summary>The address of this side, with the chosen port.</summary>
    public abstract EndPoint LocalEndPoint { get; }

    /// <summary>True if the socket was closed by <see cref="Dispose"/>.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The loop that the socket belongs to.</summary>
    internal EventLoop Loop { get; }

    /// <summary>The waiter in the descriptor table for receiving.</summary>
    internal IO.Waiter ReceiveWaiter => _receive!;

    /// <summary>The waiter in the descriptor table for sending.</summary>
    internal IO.Waiter SendWaiter => _send!;

    /// <summary>Receives a datagram.</summary>
    /// <param name="buffer">The destination for its bytes.</param>
    /// <param name="received">Gets the number of bytes and the sender. A datagram that is longer than the buffer is dropped, and the event fails with
    /// <see cref="SocketError.MessageSize"/>.</param>
    /// <exception cref="InvalidOperationException">A receive is in progress, or this thread is not the loop's.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    [KeepsEvent]
    public void Receive(Memory<byte> buffer, Event<int, EndPoint> received) => Start(buffer, received.Unblocker);

    /// <inheritdoc cref="Receive(Memory{byte}, Event{int, EndPoint})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void ReceiveKept(Memory<byte> buffer, KeptEvent<int, EndPoint> received) => Start(buffer, Operation.HandleOf(received.Unblocker, Loop));

    /// <summary>Sends a datagram.</summary>
    /// <param name="buffer">Its bytes. They must not change until the event completes.</param>
    /// <param name="to">The receiver's address.</param>
    /// <param name="sent">Triggered when the system has accepted it. It may still not arrive.</param>
    /// <exception cref="InvalidOperationException">A send is in progress, or this thread is not the loop's.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    [KeepsEvent]
    public void Send(ReadOnlyMemory<byte> buffer, EndPoint to, Event sent) => Start(buffer, to, sent);

    /// <inheritdoc cref="Send(ReadOnlyMemory{byte}, EndPoint, Event)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void SendKept(ReadOnlyMemory<byte> buffer, EndPoint to, KeptEvent sent) => Start(buffer, to, Operation.HandleOf(sent, Loop));

    /// <summary>
    /// Closes the socket. Operations in progress fail with an <see cref="ObjectDisposedException"/>. Any thread may call it. If the thread is not the loop's,
    /// the loop closes the socket soon after.
    /// </summary>
    public void Dispose()
    {
        if (LoopThread.HasEntered(Loop) || !Loop.TryPost(new PostedAction(Dispose)))
            Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes an available datagram. The base class calls it on the loop's thread, while no other receive is in progress.</summary>
    /// <param name="buffer">The destination for its bytes.</param>
    /// <param name="from">The sender, or null if there is an error.</param>
    /// <param name="error"><see cref="SocketError.Success"/>, <see cref="SocketError.WouldBlock"/> if none is available yet, or the error.</param>
    /// <returns>The number of its bytes.</returns>
    protected abstract int ReceiveCore(Span<byte> buffer, out EndPoint? from, out SocketError error);

    /// <summary>Sends a datagram without waiting. The base class calls it on the loop's thread, while no other send is in progress.</summary>
    /// <param name="buffer">Its bytes.</param>
    /// <param name="to">The receiver's address.</param>
    /// <param name="error"><see cref="SocketError.Success"/>, <see cref="SocketError.WouldBlock"/> if it cannot be sent now, or the error.</param>
    protected abstract void SendCore(ReadOnlySpan<byte> buffer, EndPoint to, out SocketError error);

    /// <summary>Closes the socket. Called once, when no wait is in progress. If the loop has ended, it can be called on any thread.</summary>
    protected abstract void CloseCore();

    /// <summary>
    /// Arranges that <see cref="OnReadable"/> is called once, as soon as a datagram is available, which may be at once. The call comes on the loop's thread,
    /// but not inside this call.
    /// </summary>
    protected abstract void WaitToReceive();

    /// <summary>The call that <see cref="WaitToReceive"/> asked for is no longer needed. It may still come.</summary>
    protected abstract void StopWaitToReceive();

    /// <summary>
    /// Arranges that <see cref="OnWritable"/> is called once, as soon as a datagram can be sent, which may be at once. The call comes on the loop's thread, but
    /// not inside this call.
    /// </summary>
    protected abstract void WaitToSend();

    /// <summary>The call that <see cref="WaitToSend"/> asked for is no longer needed. It may still come.</summary>
    protected abstract void StopWaitToSend();

    /// <summary>Reports that a datagram is available. Call it on the loop's thread. It has no effect if nothing waits.</summary>
    protected void OnReadable() => _receive?.Report(null);

    /// <summary>Reports that a datagram can be sent. Call it on the loop's thread. It has no effect if nothing waits.</summary>
    protected void OnWritable() => _send?.Report(null);

    internal int Receive(Span<byte> buffer, out EndPoint? from, out SocketError error) => ReceiveCore(buffer, out from, out error);

    internal void Send(ReadOnlySpan<byte> buffer, EndPoint to, out SocketError error) => SendCore(buffer, to, out error);

    internal void StartWaitingToReceive() => WaitToReceive();

    internal void StopWaitingToReceive() => StopWaitToReceive();

    internal void StartWaitingToSend() => WaitToSend();

    internal void StopWaitingToSend() => StopWaitToSend();

    private void Start(Memory<byte> buffer, LoopHandle received)
    {
        if (!Begin(received))
            return;
        var operation = _receive ??= new DatagramReceive(this);
        if (operation.IsUnderWay)
            throw NetworkErrors.UnderWay("receive", "socket");
        operation.Start(buffer, received);
    }

    private void Start(ReadOnlyMemory<byte> buffer, EndPoint to, LoopHandle sent)
    {
        ArgumentNullException.ThrowIfNull(to);
        if (!Begin(sent))
            return;
        var operation = _send ??= new DatagramSend(this);
        if (operation.IsUnderWay)
            throw NetworkErrors.UnderWay("send", "socket");
        operation.Start(buffer, to, sent);
    }

    /// <summary>Whether to start an operation for an event. An operation on a closed socket fails at once.</summary>
    private bool Begin(LoopHandle e)
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

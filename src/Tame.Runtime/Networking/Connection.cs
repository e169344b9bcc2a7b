using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// A stream of bytes in both directions, to one peer. A <see cref="Network"/> creates it, and it belongs to the loop on which it was created.
/// </summary>
/// <remarks>
/// <para>At most one receive and one send can be in progress at a time. Call its members only on the loop's thread, except for <see cref="Dispose()"/>. A
/// problem with the connection fails the event of the operation with a <see cref="SocketException"/>. Incorrect use throws.</para>
/// <para>If something else completes an event first, such as a time limit or a cancellation, its operation ends. A receive that ended this way has taken no bytes.
/// A send that ended this way may have sent some of its bytes. Then every later send fails.</para>
/// <para>To write your own connection, override the members whose names end in <c>Core</c> and those that wait, and call <see cref="OnReadable"/> and
/// <see cref="OnWritable"/>.</para>
/// </remarks>
public abstract partial class Connection : IDisposable
{
    private Operation? _receive;
    private Operation? _send;
    private SocketError _failure;
    private bool _isSendClosed;

    /// <summary>The sends that completed at once, as <see cref="Patience"/> counts them.</summary>
    private ushort _sends;

    /// <summary>Creates a connection that belongs to this thread's loop.</summary>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    protected Connection() => Loop = EventLoop.Current ?? throw Errors.NoLoop();

    /// <summary>The address of this side.</summary>
    public abstract EndPoint? LocalEndPoint { get; }

    /// <summary>The address of the peer.</summary>
    public abstract EndPoint? RemoteEndPoint { get; }

    /// <summary>True if the connection was closed on this side, by <see cref="Dispose()"/> or <see cref="Abort"/>.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The loop that the connection belongs to.</summary>
    internal EventLoop Loop { get; }

    /// <summary>The waiter in the descriptor table for receiving.</summary>
    internal IO.Waiter ReceiveWaiter => _receive!;

    /// <summary>The waiter in the descriptor table for sending.</summary>
    internal IO.Waiter SendWaiter => _send!;

    /// <summary>Receives bytes that are available, and never waits.</summary>
    /// <param name="buffer">The destination.</param>
    /// <param name="count">The number of bytes. Zero means the end of the stream, or an empty buffer.</param>
    /// <returns>False if no bytes are available yet.</returns>
    /// <exception cref="SocketException">The connection is broken.</exception>
    /// <exception cref="InvalidOperationException">A receive is in progress, or this thread is not the loop's.</exception>
    /// <exception cref="ObjectDisposedException">The connection is closed.</exception>
    public bool TryReceive(Span<byte> buffer, out int count)
    {
        Enter();
        ObjectDisposedException.ThrowIf(IsClosed, this);
        if (_receive is { IsUnderWay: true })
            throw NetworkErrors.UnderWay("receive", "connection");
        count = Receive(buffer, out var error);
        return error switch
        {
            SocketError.Success => true,
            SocketError.WouldBlock => false,
            _ => throw Failed("receiving from", error),
        };
    }

    /// <summary>Receives at least one byte, and at most as many as the buffer holds.</summary>
    /// <param name="buffer">The destination. An empty one waits until there is something to receive, and holds no memory during the wait.</param>
    /// <param name="received">Gets the number of bytes. Zero means the end of the stream.</param>
    /// <exception cref="InvalidOperationException">A receive is in progress, or this thread is not the loop's.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    [KeepsEvent]
    public void Receive(Memory<byte> buffer, Event<int> received) => StartReceive(buffer, received.Unblocker);

    /// <summary>Sends the bytes that can be sent without waiting.</summary>
    /// <param name="buffer">The bytes.</param>
    /// <param name="count">The number of bytes that were sent, from the first.</param>
    /// <returns>False if no bytes can be sent now.</returns>
    /// <exception cref="SocketException">The connection is broken.</exception>
    /// <exception cref="InvalidOperationException">A send is in progress, sending was closed, or this thread is not the loop's.</exception>
    /// <exception cref="ObjectDisposedException">The connection is closed.</exception>
    public bool TrySend(ReadOnlySpan<byte> buffer, out int count)
    {
        Enter();
        ObjectDisposedException.ThrowIf(IsClosed, this);
        if (CannotSend() is { } refusal)
            throw refusal;
        count = Send(buffer, out var error);
        return error switch
        {
            SocketError.Success => true,
            SocketError.WouldBlock => false,
            _ => throw Failed("sending to", error),
        };
    }

    /// <summary>Sends a whole buffer.</summary>
    /// <param name="buffer">The bytes. They must not change until the event completes.</param>
    /// <param name="sent">Triggered when the last byte was passed to the system. The peer may not have received it yet.</param>
    /// <exception cref="InvalidOperationException">A send is in progress, sending was closed, or this thread is not the loop's.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    [KeepsEvent]
    public void Send(ReadOnlyMemory<byte> buffer, Event sent) => StartSend(buffer, sent);

    /// <summary>Sends several buffers completely, one after the other.</summary>
    /// <param name="buffers">The bytes. They must not change until the event completes.</param>
    /// <param name="sent"><inheritdoc cref="Send(ReadOnlyMemory{byte}, Event)" path="/param[@name='sent']"/></param>
    /// <exception cref="InvalidOperationException">A send is in progress, sending was closed, or this thread is not the loop's.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    [KeepsEvent]
    public void Send(in ReadOnlySequence<byte> buffers, Event sent) => StartSend(in buffers, sent);

    /// <summary>Sends a part of a file. If the system supports it, the bytes do not pass through this process.</summary>
    /// <param name="file">The file, open for reading. It must stay open until the event completes.</param>
    /// <param name="offset">The start of the part, in bytes from the start of the file.</param>
    /// <param name="count">The number of bytes. If the file is shorter, the event fails with an <see cref="EndOfStreamException"/>.</param>
    /// <param name="sent"><inheritdoc cref="Send(ReadOnlyMemory{byte}, Event)" path="/param[@name='sent']"/></param>
    /// <remarks>A part that is not in the system's cache is read from the disk, and the loop waits for it.</remarks>
    /// <exception cref="InvalidOperationException">A send is in progress, sending was closed, or this thread is not the loop's.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The offset or the count is negative.</exception>
    [KeepsEvent]
    public void SendFile(SafeFileHandle file, long offset, long count, Event sent) => StartSendFile(file, offset, count, sent);

    /// <summary>
    /// Sends a part of a file of a <see cref="FileSystem"/>. If it is a file of the system and the system supports it, the bytes do not pass through this
    /// process.
    /// </summary>
    /// <param name="file">The file, open for reading. It must stay open until the event completes.</param>
    /// <param name="offset">The start of the part, in bytes from the start of the file.</param>
    /// <param name="count">The number of bytes. If the file is shorter, the event fails with an <see cref="EndOfStreamException"/>.</param>
    /// <param name="sent"><inheritdoc cref="Send(ReadOnlyMemory{byte}, Event)" path="/param[@name='sent']"/></param>
    /// <exception cref="InvalidOperationException">A send is in progress, sending was closed, or this thread is not the loop's.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The offset or the count is negative.</exception>
    /// <exception cref="NotSupportedException">The file was not opened for reading.</exception>
    [KeepsEvent]
    public void SendFile(RandomAccessFile file, long offset, long count, Event sent) => StartSendFile(file, offset, count, sent);

    /// <summary>Tells the peer that no more bytes follow, so it receives the end of the stream. This side can still receive.</summary>
    /// <exception cref="InvalidOperationException">A send is in progress, or this thread is not the loop's.</exception>
    /// <exception cref="ObjectDisposedException">The connection is closed.</exception>
    public void CloseSend()
    {
        Enter();
        ObjectDisposedException.ThrowIf(IsClosed, this);
        if (_send is { IsUnderWay: true })
            throw NetworkErrors.UnderWay("send", "connection");
        if (_isSendClosed)
            return;
        _isSendClosed = true;
        CloseSendCore();
    }

    /// <summary>Closes the connection and drops bytes that have not reached the peer, which sees a reset. Operations in progress fail.</summary>
    /// <exception cref="InvalidOperationException">This thread is not the loop's.</exception>
    public void Abort()
    {
        Enter();
        Close(isAbort: true);
    }

    /// <summary>
    /// Closes the connection. Bytes that were sent still travel to the peer. Operations in progress fail with an <see cref="ObjectDisposedException"/>. Any
    /// thread may call it. If the thread is not the loop's, the loop closes the connection soon after.
    /// </summary>
    public void Dispose()
    {
        if (LoopThread.HasEntered(Loop) || !Loop.TryPost(new PostedAction(Dispose)))
            Close(isAbort: false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gets an option of the connection, like <see cref="Socket.GetSocketOption(SocketOptionLevel, SocketOptionName)"/>.</summary>
    /// <param name="level">The level of the option.</param>
    /// <param name="name">The option.</param>
    /// <exception cref="SocketException">The connection has no such option.</exception>
    public abstract int GetSocketOption(SocketOptionLevel level, SocketOptionName name);

    /// <summary>Sets an option of the connection, like <see cref="Socket.SetSocketOption(SocketOptionLevel, SocketOptionName, int)"/>.</summary>
    /// <param name="level">The level of the option.</param>
    /// <param name="name">The option.</param>
    /// <param name="value">Its value. Use one and zero for true and false.</param>
    /// <exception cref="SocketException">The connection has no such option, or it does not take that value.</exception>
    public abstract void SetSocketOption(SocketOptionLevel level, SocketOptionName name, int value);

    /// <summary>Records that something else completed the event of a send that had sent a part. The peer would take later bytes for the rest of it.</summary>
    internal void NoteBrokenOff(long sent) => _send = new BrokenSend(sent);

    /// <summary>The failure of an operation with that description, such as "receiving from".</summary>
    internal virtual Exception Failed(string what, SocketError error) => NetworkErrors.Failed(what, this, error);

    /// <summary>
    /// Makes an operation of the package the connection's current receive, for an event, which may be empty. Returns false if it must not start.
    /// </summary>
    internal bool TryTakeReceive(Operation operation, LoopHandle e)
    {
        if (!Begin(e))
            return false;
        TakeReceive(operation);
        return true;
    }

    /// <summary>Makes an operation of the package the current receive of this open connection.</summary>
    internal void TakeReceive(Operation operation)
    {
        if (_receive is { IsUnderWay: true })
            throw NetworkErrors.UnderWay("receive", "connection");
        _receive = operation;
    }

    /// <summary>Makes an operation of the package the connection's current send, for an event. Returns false if it must not start.</summary>
    internal bool TryTakeSend(Operation operation, LoopHandle e)
    {
        if (!BeginSend(e))
            return false;
        _send = operation;
        return true;
    }

    /// <summary>Makes an operation of the package the current send of this open connection. Returns why it fails, or null.</summary>
    internal IOException? TakeSend(Operation operation)
    {
        var refusal = CannotSend();
        if (refusal is not null)
            return refusal as IOException ?? throw refusal;
        if (!ReferenceEquals(_send, operation))
            _send = operation;
        return null;
    }

    /// <summary>Completes the event of a send.</summary>
    internal void FinishSend(LoopHandle sent, SocketError error)
    {
        if (error == SocketError.Success)
            sent.Trigger();
        else
            sent.Fail(Failed("sending to", error));
    }

    /// <summary>Rejects calls that are not on the loop's thread.</summary>
    internal void Enter()
    {
        if (!LoopThread.HasEntered(Loop))
            throw Errors.WrongThread("This connection", Loop);
    }

    /// <summary>Whether to start an operation for an event. An operation on a closed connection fails at once.</summary>
    private bool Begin(LoopHandle e)
    {
        Enter();
        if (!Operation.Admits(e, Loop))
            return false;
        if (!IsClosed)
            return true;
        e.Fail(NetworkErrors.Closed(this, "connection"));
        return false;
    }

    /// <summary>Whether to start a send for an event. A send after a broken one fails at once.</summary>
    private bool BeginSend(LoopHandle e)
    {
        if (!Begin(e))
            return false;
        if (CannotSend() is not { } refusal)
            return true;
        e.Fail(refusal as IOException ?? throw refusal);
        return false;
    }

    /// <summary>Sends a buffer. Usually the system takes all of it at once, and no operation is needed.</summary>
    private void SendWhole(ReadOnlyMemory<byte> buffer, LoopHandle sent)
    {
        int count = 0;
        if (buffer.IsEmpty || Patience.TryTake(Loop, ref _sends, Patience.Sends))
        {
            var error = SocketError.Success;
            if (!buffer.IsEmpty)
                count = Send(buffer.Span, out error);
            if (count == buffer.Length || error is not (SocketError.Success or SocketError.WouldBlock))
            {
                FinishSend(sent, error);
                return;
            }
        }
        Patience.Restore(ref _sends);
        TakeSend().Start(buffer[count..], count, sent);
    }

    private SendOperation TakeSend()
    {
        var operation = _send as SendOperation ?? new SendOperation(this);
        _send = operation;
        return operation;
    }

    private Exception? CannotSend()
    {
        if (_send is { IsUnderWay: true })
            return NetworkErrors.UnderWay("send", "connection");
        if (_isSendClosed)
            return NetworkErrors.SendClosed();
        return _send is BrokenSend broken ? NetworkErrors.BrokenOff(broken.Sent) : null;
    }

    private void Close(bool isAbort)
    {
        if (IsClosed)
            return;
        IsClosed = true;
        if (_receive is { IsUnderWay: true })
            _receive.Fail(NetworkErrors.Closed(this, "connection"));
        if (_send is { IsUnderWay: true })
            _send.Fail(NetworkErrors.Closed(this, "connection"));
        CloseCore(isAbort);
    }
}

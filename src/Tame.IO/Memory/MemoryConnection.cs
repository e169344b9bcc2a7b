using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>One side of a connection in memory.</summary>
internal sealed class MemoryConnection : Connection
{
    private readonly MemoryPipe _input;
    private readonly MemoryPipe _output;
    private readonly Signal _readable;
    private readonly Signal _writable;
    private MemoryConnection? _peer;
    private SocketOptions _options;
    private bool _waitsToReceive;
    private bool _waitsToSend;

    /// <summary>The peer closed with a reset, or a send has found the peer closed: later sends fail.</summary>
    private bool _isBroken;

    private MemoryConnection(MemoryPipe input, MemoryPipe output, EndPoint local, EndPoint remote)
    {
        (_input, _output, LocalEndPoint, RemoteEndPoint) = (input, output, local, remote);
        _readable = new Signal(Loop, OnReadable);
        _writable = new Signal(Loop, OnWritable);
    }

    public override EndPoint LocalEndPoint { get; }

    public override EndPoint RemoteEndPoint { get; }

    /// <summary>Creates two connections that are each other's peer.</summary>
    public static (MemoryConnection Client, MemoryConnection Server) Pair(EndPoint client, EndPoint server, int capacity)
    {
        var up = new MemoryPipe(capacity);
        var down = new MemoryPipe(capacity);
        var near = new MemoryConnection(down, up, client, server);
        var far = new MemoryConnection(up, down, server, client);
        (near._peer, far._peer) = (far, near);
        return (near, far);
    }

    public override int GetSocketOption(SocketOptionLevel level, SocketOptionName name) => _options.Get(level, name);

    public override void SetSocketOption(SocketOptionLevel level, SocketOptionName name, int value) => _options.Set(level, name, value);

    protected override int ReceiveCore(Span<byte> buffer, out SocketError error)
    {
        error = SocketError.Success;
        if (_input.Count != 0)
        {
            int count = _input.Read(buffer);
            _peer?.NoteRoom();
            return count;
        }
        if (_input.IsReset)
            error = SocketError.ConnectionReset;
        else if (!_input.IsEnded)
            error = SocketError.WouldBlock;
        return 0;
    }

    protected override int SendCore(ReadOnlySpan<byte> buffer, out SocketError error)
    {
        error = SocketError.Success;
        if (_isBroken)
        {
            error = _input.IsReset ? SocketError.ConnectionReset : SocketError.Shutdown;
            return 0;
        }
        if (_output.IsReaderGone)
        {
            _isBroken = true;       // the answer to these bytes is a reset
            return buffer.Length;
        }
        int count = _output.Write(buffer);
        if (count == 0)
            error = SocketError.WouldBlock;
        else
            _peer!.NoteBytes();
        return count;
    }

    protected override void CloseSendCore()
    {
        _output.IsEnded = true;
        _peer?.NoteBytes();
    }

    protected override void CloseCore(bool isAbort)
    {
        _output.IsEnded = true;
        _output.IsReset = isAbort || _input.Count != 0;     // as with TCP, closing with unread bytes resets the connection
        _input.IsReaderGone = true;
        _input.Clear();
        if (isAbort)
            _output.Clear();
        if (_peer is not { } peer)
            return;
        _peer = null;
        peer._isBroken |= _output.IsReset;
        peer._peer = null;
        if (LoopThread.HasEntered(Loop))
        {
            peer.NoteBytes();
            peer.NoteRoom();
        }
    }

    protected override void WaitToReceive()
    {
        _waitsToReceive = true;
        if (_input.Count != 0 || _input.IsEnded)
            NoteBytes();
    }

    protected override void StopWaitToReceive() => _waitsToReceive = false;

    protected override void WaitToSend()
    {
        _waitsToSend = true;
        if (!_output.IsFull || _output.IsReaderGone || _isBroken)
            NoteRoom();
    }

    protected override void StopWaitToSend() => _waitsToSend = false;

    /// <summary>Bytes have come, or the stream has ended.</summary>
    private void NoteBytes()
    {
        if (!_waitsToReceive)
            return;
        _waitsToReceive = false;
        _readable.Set();
    }

    /// <summary>There is space to send, or sending is over.</summary>
    private void NoteRoom()
    {
        if (!_waitsToSend)
            return;
        _waitsToSend = false;
        _writable.Set();
    }
}

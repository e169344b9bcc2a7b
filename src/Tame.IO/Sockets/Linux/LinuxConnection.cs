using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tame.IO;

/// <summary>A stream socket of Linux.</summary>
/// <param name="socket">The socket.</param>
/// <param name="remote">The peer's address, which the system forgets when the connection breaks.</param>
internal sealed unsafe class LinuxConnection(SocketHandle socket, RemoteAddress remote) : Connection
{
    private const int ShutDownSend = 1;
    private const int MostParts = 64;

    /// <summary>One call of sendfile does not keep the loop for longer.</summary>
    private const long MostOfFile = 1 << 20;
    private EndPoint? _local;
    private RemoteAddress _remote = remote;

    public override EndPoint? LocalEndPoint => _local ??= IsClosed ? null : LinuxAddress.Of(socket);

    public override EndPoint? RemoteEndPoint => _remote.EndPoint;

    /// <summary>The socket, for what only Linux has.</summary>
    internal SocketHandle Socket => socket;

    public override int GetSocketOption(SocketOptionLevel level, SocketOptionName name)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return LinuxSocket.GetOption(socket, level, name);
    }

    public override void SetSocketOption(SocketOptionLevel level, SocketOptionName name, int value)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        LinuxSocket.SetOption(socket, level, name, value);
    }

    /// <summary>Sends bytes, and handles with the first of them.</summary>
    internal int SendHandles(ReadOnlySpan<byte> buffer, SafeHandle[] handles, out SocketError error)
    {
        int count = (int)Sent(HandleMessage.Send(socket, buffer, handles), out error);
        error = Remember(error, isEnd: false);
        return count;
    }

    /// <summary>Receives bytes, and the handles that come with them.</summary>
    internal int ReceiveHandles(Span<byte> buffer, out SafeFileHandle[] handles, out SocketError error)
    {
        int count = (int)Sent(HandleMessage.Receive(socket, buffer, out handles), out error);
        if (count == 0)
            error = Remember(error, isEnd: true);
        return count;
    }

    protected override int ReceiveCore(Span<byte> buffer, out SocketError error)
    {
        nint count;
        fixed (byte* start = buffer)
            count = SocketCalls.Receive(socket.Number, start, buffer.Length, 0);
        GC.KeepAlive(socket);
        if (count >= 0)
        {
            error = SocketError.Success;
            return (int)count;
        }
        error = Error();
        return 0;
    }

    protected override int SendCore(ReadOnlySpan<byte> buffer, out SocketError error)
    {
        nint count;
        fixed (byte* start = buffer)
            count = SocketCalls.Send(socket.Number, start, buffer.Length, SocketCalls.NoSignal);
        return (int)Sent(count, out error);
    }

    protected override long SendCore(in ReadOnlySequence<byte> buffers, out SocketError error)
    {
        BufferPart* parts = stackalloc BufferPart[MostParts];
        return Sent(Send(buffers.GetEnumerator(), parts, 0), out error);
    }

    protected override long SendFileCore(SafeFileHandle file, long offset, long count, out SocketError error)
    {
        bool isHeld = false;
        nint sent;
        try
        {
            file.DangerousAddRef(ref isHeld);
            sent = SocketCalls.SendFile(socket.Number, (int)file.DangerousGetHandle(), &offset, (nint)Math.Min(count, MostOfFile));
        }
        finally
        {
            if (isHeld)
                file.DangerousRelease();
        }
        if (sent == 0)
            throw NetworkErrors.FileEnds(offset, count);
        return Sent(sent, out error);
    }

    protected override void CloseSendCore()
    {
        _ = SocketCalls.ShutDown(socket.Number, ShutDownSend);  // a connection that is broken shows it elsewhere
        GC.KeepAlive(socket);
    }

    protected override void CloseCore(bool isAbort)
    {
        if (isAbort)
            LinuxSocket.ResetAtClose(socket);
        LinuxSocket.Close(Loop, socket);
    }

    protected override void WaitToReceive() => LinuxSocket.Wait(Loop, socket, FdEvents.Read, ReceiveWaiter);

    protected override void StopWaitToReceive() => LinuxSocket.StopWaiting(Loop, ReceiveWaiter);

    protected override void WaitToSend() => LinuxSocket.Wait(Loop, socket, FdEvents.Write, SendWaiter);

    protected override void StopWaitToSend() => LinuxSocket.StopWaiting(Loop, SendWaiter);

    private static SocketError Error()
    {
        var error = LinuxErrors.Last();
        return error == SocketError.Interrupted ? SocketError.WouldBlock : error;   // the wait that follows ends at once
    }

    private nint Sent(nint count, out SocketError error)
    {
        GC.KeepAlive(socket);
        error = count >= 0 ? SocketError.Success : Error();
        return Math.Max(count, 0);
    }

    /// <summary>Each buffer is fixed by a frame of its own: that needs no handle.</summary>
    private nint Send(ReadOnlySequence<byte>.Enumerator rest, BufferPart* parts, int count)
    {
        if (count == MostParts || !rest.MoveNext())
        {
            var message = new MessageHeader { Parts = parts, PartCount = count };
            return SocketCalls.SendMessage(socket.Number, &message, SocketCalls.NoSignal);
        }
        var buffer = rest.Current.Span;
        fixed (byte* start = buffer)
        {
            parts[count] = new BufferPart { Start = start, Count = buffer.Length };
            return Send(rest, parts, count + 1);
        }
    }
}

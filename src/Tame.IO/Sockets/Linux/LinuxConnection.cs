using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tame.IO;

/// <summary>A stream socket of Linux.</summary>
/// <param name="socket">The socket.</param>
/// <param name="remote">The peer's address, which the system no longer returns when the connection breaks.</param>
internal sealed unsafe class LinuxConnection(SocketHandle socket, RemoteAddress remote) : Connection
{
    private const int ShutDownSend = 1;

    /// <summary>The limit of one call of sendfile, so that it does not hold up the loop.</summary>
    private const long MostOfFile = 1 << 20;
    private RemoteAddress _remote = remote;

    public override EndPoint? LocalEndPoint => _remote.LocalOf(socket);

    public override EndPoint? RemoteEndPoint => _remote.EndPoint;

    /// <summary>The socket, for operations that only Linux has.</summary>
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
        int count = (int)StreamCalls.Sent(socket, HandleMessage.Send(socket, buffer, handles), out error);
        error = Remember(error, isEnd: false);
        return count;
    }

    /// <summary>Receives bytes, and the handles that come with them.</summary>
    internal int ReceiveHandles(Span<byte> buffer, out SafeFileHandle[] handles, out SocketError error)
    {
        int count = (int)StreamCalls.Sent(socket, HandleMessage.Receive(socket, buffer, out handles), out error);
        if (count == 0)
            error = Remember(error, isEnd: true);
        return count;
    }

    protected override int ReceiveCore(Span<byte> buffer, out SocketError error) => StreamCalls.Receive(socket, buffer, out error);

    protected override int SendCore(ReadOnlySpan<byte> buffer, out SocketError error) => StreamCalls.Send(socket, buffer, out error);

    protected override long SendCore(in ReadOnlySequence<byte> buffers, out SocketError error) => StreamCalls.Send(socket, in buffers, out error);

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
        return StreamCalls.Sent(socket, sent, out error);
    }

    protected override void CloseSendCore()
    {
        _ = SocketCalls.ShutDown(socket.Number, ShutDownSend);  // other calls report a broken connection
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
}

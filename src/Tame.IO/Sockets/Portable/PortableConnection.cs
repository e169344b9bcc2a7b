using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>A stream socket of .NET.</summary>
internal sealed class PortableConnection : Connection
{
    private readonly Socket _socket;

    /// <summary>Creates a connection from a socket.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="remote">The peer's address, which the system does not return after a reset.</param>
    public PortableConnection(Socket socket, EndPoint? remote)
    {
        socket.Blocking = false;
        (_socket, RemoteEndPoint, LocalEndPoint) = (socket, remote, socket.LocalEndPoint);
        EventLoop.NoteDescriptors(1);
    }

    public override EndPoint? LocalEndPoint { get; }

    public override EndPoint? RemoteEndPoint { get; }

    public override int GetSocketOption(SocketOptionLevel level, SocketOptionName name) => (int)_socket.GetSocketOption(level, name)!;

    public override void SetSocketOption(SocketOptionLevel level, SocketOptionName name, int value) => _socket.SetSocketOption(level, name, value);

    protected override int ReceiveCore(Span<byte> buffer, out SocketError error) => _socket.Receive(buffer, SocketFlags.None, out error);

    protected override int SendCore(ReadOnlySpan<byte> buffer, out SocketError error) => _socket.Send(buffer, SocketFlags.None, out error);

    protected override void CloseSendCore()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // Other calls report a broken connection.
        }
    }

    protected override void CloseCore(bool isAbort)
    {
        if (isAbort)
            _socket.LingerState = new LingerOption(true, 0);
        PortableSocket.Close(Loop, _socket);
    }

    protected override void WaitToReceive() => PortableSocket.Wait(Loop, _socket, FdEvents.Read, ReceiveWaiter);

    protected override void StopWaitToReceive() => PortableSocket.StopWaiting(Loop, ReceiveWaiter);

    protected override void WaitToSend() => PortableSocket.Wait(Loop, _socket, FdEvents.Write, SendWaiter);

    protected override void StopWaitToSend() => PortableSocket.StopWaiting(Loop, SendWaiter);
}

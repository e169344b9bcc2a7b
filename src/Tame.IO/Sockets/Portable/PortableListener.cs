using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>A listening socket of .NET.</summary>
internal sealed class PortableListener : Listener
{
    private readonly Socket _socket;
    private readonly bool _noDelay;

    public PortableListener(EndPoint endPoint, ListenOptions options)
    {
        if (options.ReusePort)
            throw new PlatformNotSupportedException("ListenOptions.ReusePort needs Linux, and a network without UsePortableSockets. Accept on one loop and pass connections to the others, or use one listener.");
        try
        {
            _socket = PortableSocket.Open(endPoint, SocketType.Stream);
            if (endPoint is IPEndPoint { AddressFamily: AddressFamily.InterNetworkV6 })
                _socket.DualMode = options.DualMode;
            _noDelay = options.NoDelay && endPoint is IPEndPoint;
            _socket.Bind(endPoint);
            _socket.Listen(options.Backlog);
        }
        catch (SocketException error)
        {
            _socket?.Dispose();
            throw NetworkErrors.Failed($"listening at {endPoint}", error.SocketErrorCode);
        }
        LocalEndPoint = _socket.LocalEndPoint!;
        EventLoop.NoteDescriptors(1);
    }

    public override EndPoint LocalEndPoint { get; }

    protected override Connection? AcceptCore(out SocketError error)
    {
        error = SocketError.WouldBlock;
        if (!PortableSocket.IsReadable(_socket))
            return null;
        try
        {
            var socket = _socket.Accept();
            if (_noDelay)
                socket.NoDelay = true;
            error = SocketError.Success;
            return new PortableConnection(socket, socket.RemoteEndPoint);
        }
        catch (SocketException failure)
        {
            // A connection that ended before it was accepted is not a failure of the listener.
            error = failure.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset ? SocketError.WouldBlock : failure.SocketErrorCode;
            return null;
        }
    }

    protected override void CloseCore() => PortableSocket.Close(Loop, _socket);

    protected override void WaitToAccept() => PortableSocket.Wait(Loop, _socket, FdEvents.Read, Waiter);

    protected override void StopWaitToAccept() => PortableSocket.StopWaiting(Loop, Waiter);
}

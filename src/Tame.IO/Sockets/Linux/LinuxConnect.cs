using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>A connect that is in progress.</summary>
internal sealed unsafe class LinuxConnect : Operation
{
    private readonly EventLoop _loop;
    private readonly EndPoint _endPoint;
    private SocketHandle? _socket;

    private LinuxConnect(EventLoop loop, EndPoint endPoint, SocketHandle socket) => (_loop, _endPoint, _socket) = (loop, endPoint, socket);

    /// <summary>Starts a connect.</summary>
    /// <returns>False if the caller should try again later, because the backlog of a Unix domain socket is full.</returns>
    public static bool TryStart(EventLoop loop, EndPoint endPoint, Event<Connection> connected)
    {
        var address = endPoint.Serialize();
        var socket = LinuxSocket.Open(address, isStream: true, What(endPoint));
        if (endPoint is IPEndPoint)
            LinuxSocket.SetNoDelay(socket);
        SocketError error;
        fixed (byte* name = address.Buffer.Span)
            error = SocketCalls.Connect(socket.Number, name, address.Size) == 0 ? SocketError.Success : LinuxErrors.Last();
        if (error is SocketError.InProgress or SocketError.Interrupted)
        {
            new LinuxConnect(loop, endPoint, socket).Begin(connected.Unblocker);
            return true;
        }
        if (error == SocketError.WouldBlock)
        {
            socket.Dispose();
            return false;
        }
        Finish(connected.Unblocker, endPoint, socket, error);
        return true;
    }

    protected override bool Attempt()
    {
        var socket = _socket!;
        var error = LinuxSocket.TakeError(socket);
        _socket = null;
        Finish(End(), _endPoint, socket, error);
        return true;
    }

    protected override void StartWaiting() => LinuxSocket.Wait(_loop, _socket!, FdEvents.Write, this);

    protected override void StopWaiting() => LinuxSocket.StopWaiting(_loop, this);

    protected override void Release()
    {
        if (_socket is { } socket)
            LinuxSocket.Close(_loop, socket);
        _socket = null;
    }

    private static void Finish(LoopHandle connected, EndPoint endPoint, SocketHandle socket, SocketError error)
    {
        if (error != SocketError.Success)
        {
            socket.Dispose();
            connected.Fail(NetworkErrors.Failed(What(endPoint), error));
            return;
        }
        var connection = new LinuxConnection(socket, new RemoteAddress(endPoint));
        if (!connected.Trigger(connection))
            connection.Dispose();
    }

    private static string What(EndPoint endPoint) => $"connecting to {endPoint}";
}

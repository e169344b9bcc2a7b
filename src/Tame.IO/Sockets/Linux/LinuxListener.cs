using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>A listening socket of Linux.</summary>
internal sealed class LinuxListener : Listener
{
    private readonly SocketHandle _socket;
    private readonly bool _ownsPath;

    public LinuxListener(EndPoint endPoint, ListenOptions options)
    {
        string what = $"listening at {endPoint}";
        _socket = LinuxSocket.Open(endPoint.Serialize(), isStream: true, what);
        try
        {
            LinuxSocket.Listen(_socket, endPoint, options, what);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
        LocalEndPoint = endPoint is IPEndPoint ? LinuxAddress.Of(_socket)! : endPoint;
        _ownsPath = endPoint is UnixDomainSocketEndPoint;
    }

    /// <summary>A listening socket from another process.</summary>
    public LinuxListener(SocketHandle socket) => (_socket, LocalEndPoint) = (socket, LinuxAddress.Of(socket)!);

    public override EndPoint LocalEndPoint { get; }

    /// <summary>The socket, for operations that only Linux has.</summary>
    internal SocketHandle Socket => _socket;

    protected override Connection? AcceptCore(out SocketError error) =>
        LinuxSocket.Accept(_socket, out var remote, out error) is { } accepted ? new LinuxConnection(accepted, remote) : null;

    protected override void CloseCore()
    {
        LinuxSocket.Close(Loop, _socket);
        if (_ownsPath)
            LinuxSocket.DeletePath(LocalEndPoint);
    }

    protected override void WaitToAccept() => LinuxSocket.Wait(Loop, _socket, FdEvents.Read, Waiter);

    protected override void StopWaitToAccept() => LinuxSocket.StopWaiting(Loop, Waiter);
}

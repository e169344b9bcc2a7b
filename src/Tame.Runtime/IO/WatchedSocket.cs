using System.Net;
using System.Net.Sockets;
using Tame.Interop;

namespace Tame.IO;

/// <summary>A socket that the poller watches by its number, with its properties at the time when it was added.</summary>
internal sealed class WatchedSocket
{
    private readonly int _number;
    private readonly EndPoint? _local;
    private readonly EndPoint? _remote;

    private WatchedSocket(int number, Socket socket)
    {
        (_number, Socket) = (number, socket);
        (_local, _remote) = (socket.LocalEndPoint, socket.RemoteEndPoint);
    }

    public Socket Socket { get; }

    public FdEvents Interest { get; set; }

    public ulong Datum { get; set; }

    public FdEvents Ready { get; set; }

    public bool IsOpen => Ask(Socket) == Errno.None;

    /// <summary>Creates a socket for a number that belongs to other code.</summary>
    public static Errno Open(int number, out WatchedSocket? watched)
    {
        watched = null;
        Socket? socket = null;
        try
        {
            socket = new Socket(new SafeSocketHandle(number, ownsHandle: false));
            Errno error = Ask(socket);
            if (error == Errno.None)
                watched = new WatchedSocket(number, socket);
            return error;
        }
        catch (SocketException)
        {
            return Errno.NotASocket;
        }
        finally
        {
            if (watched is null)
                socket?.Dispose();
        }
    }

    /// <summary>Checks whether the number still refers to this socket. The system distinguishes sockets only by their addresses.</summary>
    public Errno Confirm()
    {
        Errno error = Open(_number, out var now);
        if (error != Errno.None)
            return Errno.EBADF;
        now!.Socket.Dispose();
        return MayHaveBecome(now) ? Errno.None : Errno.ENOENT;
    }

    private static Errno Ask(Socket socket)
    {
        try
        {
            _ = socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Type);
            return Errno.None;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.NotSocket ? Errno.NotASocket : Errno.EBADF;
        }
    }

    /// <summary>An address that was unknown before may be known now, after a bind or a connect.</summary>
    private bool MayHaveBecome(WatchedSocket now) =>
        Socket.AddressFamily == now.Socket.AddressFamily &&
        Socket.SocketType == now.Socket.SocketType &&
        Socket.ProtocolType == now.Socket.ProtocolType &&
        (_local is null or IPEndPoint { Port: 0 } || _local.Equals(now._local)) &&
        (_remote is null || now._remote is null || _remote.Equals(now._remote));
}

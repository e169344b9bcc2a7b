using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>Non-blocking .NET sockets, and waits for them.</summary>
internal static class PortableSocket
{
    public static Socket Open(EndPoint endPoint, SocketType type)
    {
        var protocol = endPoint is not IPEndPoint ? ProtocolType.Unspecified : type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp;
        return new Socket(endPoint.AddressFamily, type, protocol) { Blocking = false };
    }

    public static void Wait(EventLoop loop, Socket socket, FdEvents interest, Waiter waiter)
    {
        if (loop.Descriptors().Wait(socket.SafeHandle, interest, waiter) is { } error)
            throw error;
    }

    public static void StopWaiting(EventLoop loop, Waiter waiter)
    {
        if (waiter.Registration is not null)
            loop.Descriptors().TakeOut(waiter);
    }

    /// <summary>Closes a socket for which nothing waits.</summary>
    public static void Close(EventLoop loop, Socket socket)
    {
        EventLoop.NoteDescriptors(-1);
        if (!loop.IsEnded)
            loop.Descriptors().Forget(socket.SafeHandle);
        socket.Dispose();
    }

    /// <summary>Whether a call would find something to take. Checking first avoids an exception.</summary>
    public static bool IsReadable(Socket socket) => socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);
}

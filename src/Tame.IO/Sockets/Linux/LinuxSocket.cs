using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>Creates sockets, and waits for them.</summary>
internal static unsafe class LinuxSocket
{
    private const int Stream = 1;
    private const int Datagram = 2;
    private const int SocketLevel = 1;
    private const int ReuseAddress = 2;
    private const int Error = 4;
    private const int LingerOption = 13;
    private const int ReusePort = 15;
    private const int IPv6Level = 41;
    private const int IPv6Only = 26;
    private const int TcpLevel = 6;
    private const int TcpNoDelay = 1;
    private const int TcpDeferAccept = 9;

    /// <summary>The system rounds it up to the next time at which it would send its answer to the client's first packet again.</summary>
    private const int SecondsToDefer = 1;

    public static SocketHandle Open(SocketAddress address, bool isStream, string what)
    {
        int fd = SocketCalls.Socket(LinuxAddress.DomainOf(address), (isStream ? Stream : Datagram) | SocketCalls.NonBlocking | SocketCalls.CloseOnExec, 0);
        return fd < 0 ? throw NetworkErrors.Failed(what, LinuxErrors.Last()) : new SocketHandle(fd);
    }

    public static void Bind(SocketHandle socket, SocketAddress address, string what)
    {
        fixed (byte* name = address.Buffer.Span)
            Check(SocketCalls.Bind(socket.Number, name, address.Size), what);
    }

    public static void Listen(SocketHandle socket, EndPoint endPoint, ListenOptions options, string what)
    {
        if (endPoint is IPEndPoint ip)
        {
            Set(socket, SocketLevel, ReuseAddress, 1, what);
            if (options.ReusePort)
                Set(socket, SocketLevel, ReusePort, 1, what);
            if (options.NoDelay)
                Set(socket, TcpLevel, TcpNoDelay, 1, what); // accepted connections inherit it
            if (options.DeferAccept)
                Set(socket, TcpLevel, TcpDeferAccept, SecondsToDefer, what);
            if (ip.AddressFamily == AddressFamily.InterNetworkV6)
                Set(socket, IPv6Level, IPv6Only, options.DualMode ? 0 : 1, what);
        }
        Bind(socket, endPoint.Serialize(), what);
        Check(SocketCalls.Listen(socket.Number, options.Backlog), what);
    }

    /// <summary>Accepts a connection that is waiting, without blocking.</summary>
    /// <returns>Null if there is an error: <see cref="SocketError.WouldBlock"/> if no connection is waiting.</returns>
    public static SocketHandle? Accept(SocketHandle listening, out RemoteAddress remote, out SocketError error)
    {
        byte* name = stackalloc byte[LinuxAddress.MaxSize];
        while (true)
        {
            int size = LinuxAddress.MaxSize;
            int fd = SocketCalls.Accept(listening.Number, name, &size, SocketCalls.NonBlocking | SocketCalls.CloseOnExec);
            int number = fd < 0 ? SocketCalls.LastError : 0;
            GC.KeepAlive(listening);
            if (LinuxErrors.IsOfLostConnection(number))
                continue;
            error = LinuxErrors.Map(number);
            remote = fd < 0 ? default : new RemoteAddress(new ReadOnlySpan<byte>(name, Math.Min(size, LinuxAddress.MaxSize)));
            return fd < 0 ? null : new SocketHandle(fd);
        }
    }

    /// <summary>Deletes the file of a Unix domain socket that listened, if its address has one.</summary>
    public static void DeletePath(EndPoint endPoint)
    {
        if (endPoint is UnixDomainSocketEndPoint unix && unix.ToString() is { Length: > 0 } path && path[0] != '@')
            File.Delete(path);
    }

    public static void SetNoDelay(SocketHandle socket)
    {
        int one = 1;
        _ = SocketCalls.SetOption(socket.Number, TcpLevel, TcpNoDelay, &one, sizeof(int)); // a socket of another kind has no such option
    }

    /// <summary>The result of a connect that was in progress.</summary>
    public static SocketError TakeError(SocketHandle socket)
    {
        int error = 0;
        int size = sizeof(int);
        return SocketCalls.GetOption(socket.Number, SocketLevel, Error, &error, &size) == 0 ? LinuxErrors.Map(error) : LinuxErrors.Last();
    }

    /// <summary>Makes the close of a socket drop unsent bytes, and reset the connection.</summary>
    public static void ResetAtClose(SocketHandle socket)
    {
        long lingerZero = BitConverter.IsLittleEndian ? 1 : 1L << 32;    // struct linger: on, with no seconds
        _ = SocketCalls.SetOption(socket.Number, SocketLevel, LingerOption, &lingerZero, sizeof(long));
    }

    /// <summary>Reads or writes an option by its .NET name, through a .NET socket that shares the descriptor.</summary>
    public static int GetOption(SocketHandle socket, SocketOptionLevel level, SocketOptionName name)
    {
        using var borrowed = Borrow(socket);
        return (int)borrowed.GetSocketOption(level, name)!;
    }

    /// <inheritdoc cref="GetOption"/>
    public static void SetOption(SocketHandle socket, SocketOptionLevel level, SocketOptionName name, int value)
    {
        using var borrowed = Borrow(socket);
        borrowed.SetSocketOption(level, name, value);
    }

    /// <summary>Makes a .NET socket that has a second descriptor of this one. The connection ends when both are closed.</summary>
    public static Socket Duplicate(SocketHandle socket, string what)
    {
        int fd = SocketCalls.Control(socket.Number, SocketCalls.DuplicateCloseOnExec, 0);
        return fd < 0 ? throw NetworkErrors.Failed(what, LinuxErrors.Last()) : new Socket(new SafeSocketHandle(fd, ownsHandle: true));
    }

    /// <summary>Calls a waiter when a socket is ready.</summary>
    public static void Wait(EventLoop loop, SocketHandle socket, FdEvents interest, Waiter waiter)
    {
        if (loop.Descriptors().Wait(socket, interest, waiter) is { } error)
            throw error;
    }

    public static void StopWaiting(EventLoop loop, Waiter waiter)
    {
        if (waiter.Registration is not null)
            loop.Descriptors().TakeOut(waiter);
    }

    /// <summary>Closes a socket for which nothing waits.</summary>
    public static void Close(EventLoop loop, SocketHandle socket)
    {
        if (!loop.IsEnded)
            loop.Descriptors().Forget(socket);
        socket.Dispose();
    }

    private static Socket Borrow(SocketHandle socket) => new(new SafeSocketHandle(socket.Number, ownsHandle: false));

    private static void Set(SocketHandle socket, int level, int name, int value, string what) =>
        Check(SocketCalls.SetOption(socket.Number, level, name, &value, sizeof(int)), what);

    private static void Check(int result, string what)
    {
        if (result != 0)
            throw NetworkErrors.Failed(what, LinuxErrors.Last());
    }
}

using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Tame.IO;

/// <summary>Converts addresses between .NET and the system.</summary>
internal static unsafe class LinuxAddress
{
    /// <summary>The largest address: that of a Unix domain socket.</summary>
    public const int MaxSize = 128;

    private const int InterNetwork = 2;
    private const int InterNetworkV6 = 10;
    private const int Unix = 1;

    /// <summary>The family of a serialized address, as the system numbers it.</summary>
    public static int DomainOf(SocketAddress address) => MemoryMarshal.Read<ushort>(address.Buffer.Span);

    /// <summary>The address of this side of a socket; null if it has none.</summary>
    public static EndPoint? Of(SocketHandle socket)
    {
        byte* name = stackalloc byte[MaxSize];
        int size = MaxSize;
        int result = SocketCalls.LocalName(socket.Number, name, &size);
        GC.KeepAlive(socket);
        return result == 0 ? Read(new ReadOnlySpan<byte>(name, Math.Min(size, MaxSize))) : null;
    }

    /// <summary>The address of the peer of a connected socket. False if it has none.</summary>
    public static bool TryGetPeer(int fd, out RemoteAddress peer)
    {
        byte* name = stackalloc byte[MaxSize];
        int size = MaxSize;
        bool isConnected = SocketCalls.PeerName(fd, name, &size) == 0;
        peer = new RemoteAddress(new ReadOnlySpan<byte>(name, isConnected ? Math.Min(size, MaxSize) : 0));
        return isConnected;
    }

    /// <summary>It is the address of an IPv4 peer.</summary>
    public static bool IsInterNetwork(ReadOnlySpan<byte> name) => name.Length >= 8 && MemoryMarshal.Read<ushort>(name) == InterNetwork;

    public static EndPoint? Read(ReadOnlySpan<byte> name)
    {
        if (name.Length < sizeof(ushort))
            return null;
        var (family, maker) = MemoryMarshal.Read<ushort>(name) switch
        {
            InterNetwork => (AddressFamily.InterNetwork, (EndPoint)new IPEndPoint(IPAddress.Any, 0)),
            InterNetworkV6 => (AddressFamily.InterNetworkV6, new IPEndPoint(IPAddress.IPv6Any, 0)),
            Unix => (AddressFamily.Unix, new UnixDomainSocketEndPoint("/")),
            _ => (AddressFamily.Unspecified, null!),
        };
        if (maker is null)
            return null;
        var address = new SocketAddress(family, name.Length);
        name.CopyTo(address.Buffer.Span);
        return maker.Create(address);
    }
}

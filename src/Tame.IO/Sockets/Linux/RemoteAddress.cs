using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>The addresses of a connection, kept small: an idle connection creates no object for an IPv4 address until one is needed.</summary>
internal struct RemoteAddress
{
    private const int FamilySize = sizeof(ushort);

    /// <summary>The peer's address, or both, as soon as they are known as objects.</summary>
    private object? _known;
    private readonly uint _address;
    private readonly ushort _port;

    public RemoteAddress(EndPoint? endPoint) => _known = endPoint;

    /// <summary>Takes an address in the system's format.</summary>
    public RemoteAddress(ReadOnlySpan<byte> name)
    {
        if (LinuxAddress.IsInterNetwork(name))
        {
            _port = BinaryPrimitives.ReadUInt16BigEndian(name[FamilySize..]);
            _address = BitConverter.ToUInt32(name[(FamilySize + sizeof(ushort))..]);
        }
        else
        {
            _known = LinuxAddress.Read(name);
        }
    }

    public EndPoint? EndPoint
    {
        get
        {
            if (_known is Both both)
                return both.Remote;
            if (_known is null && _port != 0)
                _known = new IPEndPoint(_address, _port);
            return (EndPoint?)_known;
        }
    }

    /// <summary>The address of this side, which the system returns only while the socket is open.</summary>
    public EndPoint? LocalOf(SocketHandle socket)
    {
        if (_known is Both both)
            return both.Local;
        if (socket.IsClosed || LinuxAddress.Of(socket) is not { } local)
            return null;
        _known = new Both(local, EndPoint);
        return local;
    }

    private sealed record Both(EndPoint Local, EndPoint? Remote);
}

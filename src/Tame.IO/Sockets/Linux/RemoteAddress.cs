using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>The address of a peer, kept small: an idle connection creates no object for an IPv4 address until one is needed.</summary>
internal struct RemoteAddress
{
    private const int FamilySize = sizeof(ushort);
    private EndPoint? _endPoint;
    private readonly uint _address;
    private readonly ushort _port;

    public RemoteAddress(EndPoint? endPoint) => _endPoint = endPoint;

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
            _endPoint = LinuxAddress.Read(name);
        }
    }

    public EndPoint? EndPoint => _endPoint ?? (_port == 0 ? null : _endPoint = new IPEndPoint(_address, _port));
}

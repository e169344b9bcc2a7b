using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>Wakes through a datagram socket that is connected to itself, so that it accepts nothing from other senders.</summary>
internal sealed class SocketSignal : WakeSignal
{
    private readonly byte[] _buffer = [1];

    public SocketSignal()
    {
        try
        {
            Socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
            Socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Socket.Connect(Socket.LocalEndPoint!);
        }
        catch (SocketException e)
        {
            Socket?.Dispose();
            throw DescriptorErrors.NoPoller("A loopback socket", e);
        }
    }

    public Socket Socket { get; }

    /// <summary>Reads what was written.</summary>
    public void Drain()
    {
        while (Socket.Poll(0, SelectMode.SelectRead))
            Socket.Receive(_buffer, SocketFlags.None, out _);
    }

    public override void Dispose() => Socket.Dispose();

    protected override void Write() => Socket.Send([1], SocketFlags.None, out _);
}

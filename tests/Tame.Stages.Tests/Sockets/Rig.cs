using System.Net;
using Tame.IO;

namespace Tame.Stages.Tests.Sockets;

/// <summary>Loops with a network, and pairs of connections.</summary>
internal static partial class Rig
{
    public static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    /// <summary>Runs main over a network in memory, in virtual time.</summary>
    public static void Run(Action<Event> main, int buffer = 65536) => EventLoop.Run(main, new EventLoopOptions
    {
        Network = new MemoryNetwork(new MemoryNetworkOptions { BufferSize = buffer }),
        VirtualTime = true,
    });

    public static byte[] Bytes(int count, int from = 0)
    {
        var bytes = new byte[count];
        for (int i = 0; i < count; i++)
            bytes[i] = (byte)((from + i) * 31 % 251);
        return bytes;
    }

    [Tamed]
    public static partial void Pair(Event<Connection, Connection> made);

    private static void PairBody(Event<Connection, Connection> made)
    {
        using var listener = Network.Current.Listen(AnyPort);
        Connection client, server;
        using (twait())
        {
            listener.Accept(mkevent(out server));
            Network.Current.Connect(listener.LocalEndPoint, mkevent(out client));
        }
        made.Trigger(client, server);
    }

    /// <summary>Receives so many bytes, or up to the end.</summary>
    [Tamed]
    public static partial void ReceiveAll(Connection connection, int most, Event<byte[]> received);

    private static void ReceiveAllBody(Connection connection, int most, Event<byte[]> received)
    {
        var all = new MemoryStream();
        var buffer = new byte[3000];
        while (all.Length < most)
        {
            twait(e => connection.Receive(buffer.AsMemory(0, (int)Math.Min(buffer.Length, most - all.Length)), e), out int count);
            if (count == 0)
                break;
            all.Write(buffer, 0, count);
        }
        received.Trigger(all.ToArray());
    }

    /// <summary>Lets all run that can.</summary>
    public static void Settle(Event done) => timer(TimeSpan.FromSeconds(1), done);
}

/// <summary>A sink of packets that notes what it gets.</summary>
internal sealed class Packets
{
    public Packets(StageOptions<SocketPacket>? options = null, Action<SocketPacket, Event>? handler = null)
    {
        Stage = Stages.Stage.OnLoop<SocketPacket>("packets", (packet, done) =>
        {
            Bytes.Write(packet.Bytes.Span);
            if (packet.Kind != SocketPacketKind.Data)
                Ends.Add(packet.Kind);
            Error ??= packet.Error;
            packet.Dispose();
            if (handler is null)
                done.Trigger();
            else
                handler(packet, done);
        }, options);
    }

    public Stage<SocketPacket> Stage { get; }

    public MemoryStream Bytes { get; } = new();

    public List<SocketPacketKind> Ends { get; } = [];

    public Exception? Error { get; private set; }
}

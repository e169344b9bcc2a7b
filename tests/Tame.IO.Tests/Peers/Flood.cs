using System.Net;
using System.Net.Sockets;

namespace Tame.IO.Tests.Peers;

/// <summary>Connections that send without an end.</summary>
internal static partial class Flood
{
    /// <summary>Opens so many, says so, and floods until the standard input ends or the server closes.</summary>
    [Tamed]
    public static partial void Run(EndPoint server, int count, Event done);

    private static void RunBody(EndPoint server, int count, Event done)
    {
        using var input = StandardInput.Open();
        using var floods = new Rendezvous();
        var connections = new List<Connection>();
        for (int i = 0; i < count; i++)
        {
            twait(e => Network.Current.Connect(server, e), out Connection connection);
            connections.Add(connection);
            Send(connection, mkevent(floods));
        }
        Console.WriteLine($"open {count}");
        twait(e => input.Receive(new byte[1], e), out int _);
        connections.ForEach(connection => connection.Abort());
        done.Trigger();
    }

    [Tamed]
    public static partial void Send(Connection connection, Event done);

    private static void SendBody(Connection connection, Event done)
    {
        var bytes = new byte[65536];
        try
        {
            while (true)
                twait(e => connection.Send(bytes, e));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
        }
        done.Trigger();
    }
}

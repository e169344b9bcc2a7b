using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Echo;

/// <summary>The echo server on Tame.</summary>
internal static partial class TameServer
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    /// <summary>What the server of this kind does with a connection.</summary>
    public static Action<Connection, Event> Of(string kind) => kind switch
    {
        "tame-limits" => EchoWithin,
        "tame-empty" => EchoEmpty,
        _ => Echo,
    };

    [Tamed]
    public static partial void Run(Action<Connection, Event> echo, Event done);

    private static void RunBody(Action<Connection, Event> echo, Event done)
    {
        using var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0), new ListenOptions { Backlog = 4096 });
        Servers.Announce(listener.LocalEndPoint);
        while (done.IsPending)
        {
            twait(e => listener.Accept(e), out Connection connection);
            echo(connection, Event.Detached);
        }
    }

    [Tamed]
    private static partial void Echo(Connection connection, Event done);

    private static void EchoBody(Connection connection, Event done)
    {
        using var end = connection;
        var buffer = new byte[1024];
        try
        {
            while (true)
            {
                twait(e => connection.Receive(buffer, e), out int count);
                if (count == 0)
                    break;
                twait(e => connection.Send(buffer.AsMemory(0, count), e));
            }
        }
        catch (SocketException)
        {
            // The load generator ends so.
        }
        done.Trigger();
    }

    /// <summary>Holds no buffer while it waits.</summary>
    [Tamed]
    private static partial void EchoEmpty(Connection connection, Event done);

    private static void EchoEmptyBody(Connection connection, Event done)
    {
        using var end = connection;
        try
        {
            while (true)
            {
                twait(e => connection.Receive(Memory<byte>.Empty, e), out int _);
                byte[] buffer = ArrayPool<byte>.Shared.Rent(1024);
                bool isEnd = connection.TryReceive(buffer, out int count) && count == 0;
                if (count != 0)
                    twait(e => connection.Send(buffer.AsMemory(0, count), e));
                ArrayPool<byte>.Shared.Return(buffer);
                if (isEnd)
                    break;
            }
        }
        catch (SocketException)
        {
            // The load generator ends so.
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void EchoWithin(Connection connection, Event done);

    private static void EchoWithinBody(Connection connection, Event done)
    {
        using var end = connection;
        var buffer = new byte[1024];
        try
        {
            while (true)
            {
                twait(e => connection.Receive(buffer, e.WithTimeout(s_limit)), out int count);
                if (count == 0)
                    break;
                twait(e => connection.Send(buffer.AsMemory(0, count), e.WithTimeout(s_limit)));
            }
        }
        catch (SocketException)
        {
            // The load generator ends so.
        }
        done.Trigger();
    }
}

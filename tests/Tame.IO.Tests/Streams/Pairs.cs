using System.Net;

namespace Tame.IO.Tests.Streams;

/// <summary>Two connections that are each other's peer, most often in memory and in virtual time.</summary>
internal static partial class Pairs
{
    /// <summary>Runs main on a loop whose network is in memory.</summary>
    public static void Run(Action<Event> main, int buffer = 65536) => Run(Networks.Memory, main, buffer);

    /// <summary>Runs main on a network. The size of the buffers is for those in memory.</summary>
    public static void Run(string network, Action<Event> main, int buffer = 65536) => EventLoop.Run(main, Networks.Options(network, buffer));

    /// <summary>Runs a test with a client and a server that are connected.</summary>
    public static void Run(Action<Connection, Connection, Event> test, int buffer = 65536) => Run(Networks.Memory, test, buffer);

    /// <inheritdoc cref="Run(Action{Connection, Connection, Event}, int)"/>
    public static void Run(string network, Action<Connection, Connection, Event> test, int buffer = 65536) => Run(network, done => With(test, done), buffer);

    [Tamed] public static partial void Open(Event<Connection, Connection> opened);

    private static void OpenBody(Event<Connection, Connection> opened)
    {
        using var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        Connection client, server;
        using (twait())
        {
            Network.Current.Connect(listener.LocalEndPoint, mkevent(out client));
            listener.Accept(mkevent(out server));
        }
        opened.Trigger(client, server);
    }

    [Tamed] private static partial void With(Action<Connection, Connection, Event> test, Event done);

    private static void WithBody(Action<Connection, Connection, Event> test, Event done)
    {
        twait(e => Open(e), out Connection client, out Connection server);
        using (client)
        using (server)
            twait(e => test(client, server, e));
        done.Trigger();
    }
}

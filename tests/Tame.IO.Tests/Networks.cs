using System.Net;

namespace Tame.IO.Tests;

/// <summary>The networks that tests run on: the one in memory in virtual time, and the system's, by its own calls and by .NET's sockets.</summary>
internal static partial class Networks
{
    public const string Memory = "memory";
    public const string System = "system";
    public const string Portable = "portable";

    /// <summary>The system's, on a loop that has no thread.</summary>
    public const string Guest = "guest";

    public static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    /// <summary>All of them, for a theory.</summary>
    public static readonly TheoryData<string> All = [Memory, System, Portable, Guest];

    /// <summary>Those of the system, for loops with a thread: the thread pool needs descriptors of its own.</summary>
    public static readonly TheoryData<string> OfTheSystem = [System, Portable];

    /// <summary>A loop on a network. The size of the buffers is for those in memory.</summary>
    public static EventLoopOptions Options(string network, int buffer = 65536) => network == Memory
        ? new EventLoopOptions { Network = new MemoryNetwork(new MemoryNetworkOptions { BufferSize = buffer }), VirtualTime = true }
        : new EventLoopOptions { Network = new SocketNetwork(new SocketNetworkOptions { UsePortableSockets = network == Portable }) };

    /// <summary>Runs a program on a network, to the end of its event.</summary>
    public static void Run(string network, Action<Event> main)
    {
        if (network != Guest)
        {
            EventLoop.Run(main, Options(network));
            return;
        }
        var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool, Options(network));
        try
        {
            loop.InvokeAsync(main).GetAwaiter().GetResult();
        }
        finally
        {
            loop.StopAsync().GetAwaiter().GetResult();
        }
        loop.Completion.GetAwaiter().GetResult();
    }

    /// <summary>Runs a program with two ends of a connection; the first is the client's.</summary>
    public static void Run(string network, Action<Connection, Connection, Event> main) => Run(network, done => WithPair(main, done));

    /// <summary>Two ends of a connection; the first is the client's.</summary>
    [Tamed]
    public static partial void Pair(EndPoint at, Event<Connection, Connection> made);

    private static void PairBody(EndPoint at, Event<Connection, Connection> made)
    {
        using var listener = Network.Current.Listen(at);
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
    public static partial void ReceiveAll(Connection connection, int most, int atATime, Event<byte[]> received);

    private static void ReceiveAllBody(Connection connection, int most, int atATime, Event<byte[]> received)
    {
        var all = new MemoryStream();
        var buffer = new byte[atATime];
        while (all.Length < most)
        {
            int room = (int)Math.Min(buffer.Length, most - all.Length);
            twait(e => connection.Receive(buffer.AsMemory(0, room), e), out int count);
            if (count == 0)
                break;
            all.Write(buffer, 0, count);
        }
        received.Trigger(all.ToArray());
    }

    [Tamed]
    private static partial void WithPair(Action<Connection, Connection, Event> main, Event done);

    private static void WithPairBody(Action<Connection, Connection, Event> main, Event done)
    {
        twait(e => Pair(AnyPort, e), out Connection client, out Connection server);
        using (client)
        using (server)
            twait(e => main(client, server, e));
        done.Trigger();
    }
}

using System.Net;

namespace StreamPrograms;

/// <summary>The programs by name. docs/io.md shows what each of them prints, over the system's network and over one in memory.</summary>
public static partial class Programs
{
    public static IReadOnlyDictionary<string, Action<TextWriter, Event>> All { get; } = new Dictionary<string, Action<TextWriter, Event>>
    {
        ["connect"] = Connects.Run,
        ["datagrams"] = Connects.Datagrams,
        ["names"] = Connects.Names,
        ["lines"] = Lines.Run,
        ["serve"] = Servers.Run,
        ["relay"] = Relays.Run,
        ["stream"] = Adapters.Run,
        ["tls"] = Secrets.Run,
    };

    /// <summary>Two connections that are each other's peer.</summary>
    [Tamed] public static partial void Pair(Event<Connection, Connection> made);

    private static void PairBody(Event<Connection, Connection> made)
    {
        using var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        Connection client, server;
        using (twait())
        {
            Network.Current.Connect(listener.LocalEndPoint, mkevent(out client));
            listener.Accept(mkevent(out server));
        }
        made.Trigger(client, server);
    }
}

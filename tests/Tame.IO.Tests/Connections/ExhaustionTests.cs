using System.Globalization;
using System.Net;
using Tame.IO.Tests.Peers;

namespace Tame.IO.Tests.Connections;

/// <summary>A server that runs out of descriptors, in a process of its own.</summary>
public sealed partial class ExhaustionTests
{
    private const int Room = 20;
    private const int Clients = 100;
    public static readonly TheoryData<string> OfTheSystem = Networks.OfTheSystem;

    [Theory]
    [MemberData(nameof(OfTheSystem))]
    public void A_server_without_descriptors_serves_on_and_accepts_as_connections_close(string network)
    {
        Descriptors.SkipWhereNotCounted();
        Networks.Run(network, done => Exhaust(network, done));
    }

    [Tamed]
    private static partial void Exhaust(string network, Event done);

    private static void ExhaustBody(string network, Event done)
    {
        twait(e => PeerProcess.Start(["serve", network, PeerProcess.Text(Room)], e), out PeerProcess server);
        using var closing = server;
        twait(e => server.Hear(e), out string port);
        var at = new IPEndPoint(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
        twait(e => Talk(at, e));        // what it needs of the framework is loaded
        twait(e => server.Ask("connect", e), out string outcome);
        Assert.Equal("connected", outcome);
        twait(e => Settle(server, e), out int served);
        twait(e => server.Ask("descriptors", e), out string before);
        twait(e => server.Ask("limit", e), out string limited);
        Assert.Equal("limited", limited);

        var clients = new List<Connection>();
        for (int i = 0; i < Clients; i++)
        {
            twait(e => Network.Current.Connect(at, e), out Connection client);
            clients.Add(client);
        }
        twait(e => WaitUntilFull(server, e), out int begun);
        int open = begun - served;
        Assert.InRange(open, Room / 2, 2 * Room);

        twait(e => server.Ask("connect", e), out outcome);
        Assert.Equal("TooManyOpenSockets", outcome);
        for (int i = 0; i < 3; i++)
        {
            using (twait())
            {
                foreach (var client in clients[..open])
                    Echo(client, mkevent());
            }
        }

        // Each that closes makes place for the one that has waited longest.
        for (int next = open; next < Clients; next++)
        {
            clients[next - open].Dispose();
            twait(e => Echo(clients[next], e));
            twait(e => Echo(clients[next - open + 1], e));
        }
        clients.ForEach(client => client.Dispose());
        twait(e => Settle(server, e), out int all);
        Assert.Equal(served + Clients, all);
        twait(e => server.Ask("descriptors", e), out string after);
        Assert.Equal(before, after);
        twait(e => server.End(e), out int exitCode);
        Assert.Equal(0, exitCode);
        done.Trigger();
    }

    [Tamed]
    private static partial void Talk(EndPoint at, Event done);

    private static void TalkBody(EndPoint at, Event done)
    {
        twait(e => Network.Current.Connect(at, e), out Connection connection);
        using (connection)
            twait(e => Echo(connection, e));
        done.Trigger();
    }

    [Tamed]
    private static partial void Echo(Connection connection, Event done);

    private static void EchoBody(Connection connection, Event done)
    {
        var bytes = new byte[100];
        Random.Shared.NextBytes(bytes);
        twait(e => connection.Send(bytes, e));
        twait(e => Networks.ReceiveAll(connection, bytes.Length, bytes.Length, e.WithTimeout(TimeSpan.FromSeconds(60))), out byte[] back);
        Assert.Equal(bytes, back);
        done.Trigger();
    }

    /// <summary>Waits until a server has ended all connections that it began; tells how many those were. It must have told no failure.</summary>
    [Tamed]
    private static partial void Settle(PeerProcess server, Event<int> served);

    private static void SettleBody(PeerProcess server, Event<int> served)
    {
        int[] state;
        do
            twait(e => State(server, e), out state);
        while (state[0] != state[1]);
        Assert.Equal(0, state[3]);
        served.Trigger(state[0]);
    }

    /// <summary>Waits until a server has no descriptor left; tells how many connections it has begun.</summary>
    [Tamed]
    private static partial void WaitUntilFull(PeerProcess server, Event<int> begun);

    private static void WaitUntilFullBody(PeerProcess server, Event<int> begun)
    {
        int[] state;
        do
            twait(e => State(server, e), out state);
        while (state[2] != 0);
        begun.Trigger(state[0]);
    }

    [Tamed]
    private static partial void State(PeerProcess server, Event<int[]> state);

    private static void StateBody(PeerProcess server, Event<int[]> state)
    {
        twait(e => timer(TimeSpan.FromMilliseconds(10), e));
        twait(e => server.Ask("state", e), out string text);
        state.Trigger([.. text.Split(' ').Select(part => int.Parse(part, CultureInfo.InvariantCulture))]);
    }
}

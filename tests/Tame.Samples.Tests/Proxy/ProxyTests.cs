using System.Net;
using System.Net.Sockets;
using System.Text;
using ProxyProgram;
using Tame.IO;

namespace Tame.Samples.Tests.Proxies;

/// <summary>The proxy.</summary>
public sealed partial class ProxyTests
{
    [Theory, MemberData(nameof(Networked.Both), MemberType = typeof(Networked))]
    public void Bytes_pass_both_ways_and_are_counted(bool inMemory) => Networked.Run(inMemory, PassBothWays);

    [Theory, MemberData(nameof(Networked.Both), MemberType = typeof(Networked))]
    public void An_end_passes_on_while_the_other_direction_goes_on(bool inMemory) => Networked.Run(inMemory, PassTheEnd);

    [Theory, MemberData(nameof(Networked.Both), MemberType = typeof(Networked))]
    public void A_server_that_is_not_there_resets_the_client_and_is_counted(bool inMemory) => Networked.Run(inMemory, MissTheServer);

    [Theory, MemberData(nameof(Networked.Both), MemberType = typeof(Networked))]
    public void A_reset_on_one_side_resets_the_other(bool inMemory) => Networked.Run(inMemory, PassTheReset);

    [Fact]
    public void A_client_and_a_server_of_the_system_talk_through_it() => Networked.Run(inMemory: false, BetweenSystems);

    [Tamed] private static partial void PassBothWays(Event done);

    private static void PassBothWaysBody(Event done)
    {
        var (proxy, entrance, server) = Start(Echo);
        twait(e => LineClient.Connect(entrance.LocalEndPoint, e), out LineClient client);
        for (int i = 0; i < 3; i++)
        {
            twait(e => client.Say(new string('x', 99_999), e));
            twait(e => client.Hear(e), out string? line);
            Assert.Equal(99_999, line!.Length);
        }
        Assert.Equal((1, 1, 0, 300_000, 300_000), (proxy.Open, proxy.Begun, proxy.Failed, proxy.Up, proxy.Down));
        client.Dispose();
        twait(e => Until(() => proxy.Open == 0, e));
        entrance.Dispose();
        server.Dispose();
        done.Trigger();
    }

    [Tamed] private static partial void PassTheEnd(Event done);

    private static void PassTheEndBody(Event done)
    {
        var (proxy, entrance, server) = Start(CountAndTell);
        twait(e => LineClient.Connect(entrance.LocalEndPoint, e), out LineClient client);
        twait(e => client.Say("12345", e));
        client.Connection.CloseSend();
        twait(e => client.HearAll(e), out List<string> heard);
        Assert.Equal(["6 bytes"], heard);
        twait(e => Until(() => proxy.Open == 0, e));
        Assert.Equal(0, proxy.Failed);
        client.Dispose();
        entrance.Dispose();
        server.Dispose();
        done.Trigger();
    }

    [Tamed] private static partial void MissTheServer(Event done);

    private static void MissTheServerBody(Event done)
    {
        var (proxy, entrance, server) = Start(Echo);
        server.Dispose();
        twait(e => LineClient.Connect(entrance.LocalEndPoint, e), out LineClient client);
        Exception? failure = null;
        try
        {
            twait(e => client.Hear(e), out string? _);
        }
        catch (SocketException error)
        {
            failure = error;
        }
        Assert.Equal(SocketError.ConnectionReset, ((SocketException)failure!).SocketErrorCode);
        Assert.Equal((0, 1, 1), (proxy.Open, proxy.Begun, proxy.Failed));
        client.Dispose();
        entrance.Dispose();
        done.Trigger();
    }

    [Tamed] private static partial void PassTheReset(Event done);

    private static void PassTheResetBody(Event done)
    {
        var (proxy, entrance, server) = Start(Abort);
        twait(e => LineClient.Connect(entrance.LocalEndPoint, e), out LineClient client);
        twait(e => client.Say("anything", e));
        Exception? failure = null;
        try
        {
            twait(e => client.Hear(e), out string? _);
        }
        catch (SocketException error)
        {
            failure = error;
        }
        Assert.Equal(SocketError.ConnectionReset, ((SocketException)failure!).SocketErrorCode);
        twait(e => Until(() => proxy.Open == 0, e));
        Assert.Equal(1, proxy.Failed);
        client.Dispose();
        entrance.Dispose();
        server.Dispose();
        done.Trigger();
    }

    [Tamed] private static partial void BetweenSystems(Event done);

    private static void BetweenSystemsBody(Event done)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var proxy = new ProxyServer("127.0.0.1", ((IPEndPoint)server.LocalEndpoint).Port, TextWriter.Null);
        var entrance = Network.Current.Listen(Networked.AnyPort);
        proxy.Run(entrance, Event.Ignored);
        var address = (IPEndPoint)entrance.LocalEndPoint;
        twait(Task.Run(() => Talk(server, address)), out string heard);
        Assert.Equal("PING", heard);
        Assert.Equal((4, 4), (proxy.Up, proxy.Down));
        entrance.Dispose();
        done.Trigger();

        static string Talk(TcpListener server, IPEndPoint address)
        {
            using var client = new TcpClient();
            client.Connect(address);
            using var accepted = server.AcceptTcpClient();
            client.GetStream().Write("ping"u8);
            byte[] bytes = new byte[4];
            accepted.GetStream().ReadExactly(bytes);
            accepted.GetStream().Write(Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(bytes).ToUpperInvariant()));
            accepted.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(client.GetStream());
            return reader.ReadToEnd();
        }
    }

    private static (ProxyServer Proxy, Listener Entrance, Listener Server) Start(Action<Connection, Event> handler)
    {
        var server = Network.Current.Listen(Networked.AnyPort);
        server.Serve(handler, null, Event.Ignored);
        var proxy = new ProxyServer("127.0.0.1", ((IPEndPoint)server.LocalEndPoint).Port, TextWriter.Null);
        var entrance = Network.Current.Listen(Networked.AnyPort);
        proxy.Run(entrance, Event.Ignored);
        return (proxy, entrance, server);
    }

    [Tamed] private static partial void Echo(Connection client, Event done);

    private static void EchoBody(Connection client, Event done)
    {
        twait(e => IO.Connections.Copy(client, client, e), out long _);
        done.Trigger();
    }

    [Tamed] private static partial void CountAndTell(Connection client, Event done);

    private static void CountAndTellBody(Connection client, Event done)
    {
        byte[] buffer = new byte[100];
        int all = 0;
        int count;
        do
        {
            twait(e => client.Receive(buffer, e), out count);
            all += count;
        }
        while (count != 0);
        twait(e => client.Send(Encoding.ASCII.GetBytes($"{all} bytes\n"), e));
        done.Trigger();
    }

    [Tamed] private static partial void Abort(Connection client, Event done);

    private static void AbortBody(Connection client, Event done)
    {
        twait(e => client.Receive(new byte[1], e), out int _);
        client.Abort();
        done.Trigger();
    }

    [Tamed] private static partial void Until(Func<bool> holds, Event done);

    private static void UntilBody(Func<bool> holds, Event done)
    {
        for (int left = 1000; left > 0 && !holds(); left--)
            twait(e => timer(TimeSpan.FromMilliseconds(10), e));
        Assert.True(holds());
        done.Trigger();
    }
}

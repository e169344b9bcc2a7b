using System.Net;
using System.Net.Sockets;

namespace Tame.IO.Tests.Connections;

/// <summary>Listening, accepting and connecting.</summary>
public sealed partial class ListenerTests
{
    public static readonly TheoryData<string> All = Networks.All;
    public static readonly TheoryData<string> OfTheSystem = Networks.OfTheSystem;
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(20);

    [Theory]
    [MemberData(nameof(All))]
    public void A_connect_to_nobody_is_refused(string network) => Networks.Run(network, Refused);

    [Theory]
    [MemberData(nameof(All))]
    public void An_accept_whose_time_is_over_takes_no_connection(string network) => Networks.Run(network, LateAccept);

    [Theory]
    [MemberData(nameof(All))]
    public void A_close_fails_the_accept_that_is_under_way_and_later_ones(string network) => Networks.Run(network, Closed);

    [Theory]
    [MemberData(nameof(All))]
    public void A_second_accept_is_refused(string network) => Networks.Run(network, (Event done) =>
    {
        using var listener = Network.Current.Listen(Networks.AnyPort);
        listener.Accept(Event<Connection>.Ignored);
        Assert.Throws<InvalidOperationException>(() => listener.Accept(Event<Connection>.Ignored));
        Assert.Throws<InvalidOperationException>(() => listener.TryAccept(out _));
        done.Trigger();
    });

    [Theory]
    [MemberData(nameof(All))]
    public void An_attempt_to_accept_takes_what_waits(string network) => Networks.Run(network, Attempt);

    [Theory]
    [MemberData(nameof(All))]
    public void An_address_in_use_is_told(string network) => Networks.Run(network, (Event done) =>
    {
        using var first = Network.Current.Listen(Networks.AnyPort);
        var error = Assert.Throws<SocketException>(() => Network.Current.Listen(first.LocalEndPoint));
        Assert.Equal(SocketError.AddressAlreadyInUse, error.SocketErrorCode);
        Assert.Contains($"istening at {first.LocalEndPoint} failed", error.Message, StringComparison.Ordinal);
        done.Trigger();
    });

    /// <summary>The client that connects first says nothing.</summary>
    [Theory]
    [InlineData(Networks.Memory, true, 1)]
    [InlineData(Networks.Portable, true, 1)]
    [InlineData(Networks.System, false, 1)]
    [InlineData(Networks.System, true, 2)]
    public void A_deferred_accept_takes_the_client_that_has_spoken_first_and_then_the_others(string network, bool isDeferred, int first) =>
        Networks.Run(network, done => AcceptTwo(isDeferred, first, done));

    [Theory]
    [MemberData(nameof(All))]
    public void Both_ends_know_both_addresses(string network) => Networks.Run(network, (client, server, done) =>
    {
        Assert.Equal(client.LocalEndPoint, server.RemoteEndPoint);
        Assert.Equal(client.RemoteEndPoint, server.LocalEndPoint);
        Assert.NotEqual(client.LocalEndPoint, client.RemoteEndPoint);
        done.Trigger();
    });

    [Theory]
    [MemberData(nameof(All))]
    public void Addresses_of_IPv6_work(string network) => Networks.Run(network, done => Greet(new IPEndPoint(IPAddress.IPv6Loopback, 0), done));

    [Theory]
    [MemberData(nameof(All))]
    public void Unix_domain_sockets_work(string network)
    {
        string path = Path.Combine(Path.GetTempPath(), $"tame-{Guid.NewGuid():N}.socket");
        Networks.Run(network, done => Greet(new UnixDomainSocketEndPoint(path), done));
        Assert.False(File.Exists(path));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_listener_at_every_IPv6_address_takes_IPv4_as_well(string network) => Networks.Run(network, DualMode);

    [Fact]
    public void A_full_backlog_makes_clients_wait() => Networks.Run(Networks.Memory, done => Backlog(new IPEndPoint(IPAddress.Loopback, 0), done));

    [Theory]
    [MemberData(nameof(All))]
    public void A_full_backlog_makes_clients_of_Unix_domain_sockets_wait(string network)
    {
        string path = Path.Combine(Path.GetTempPath(), $"tame-{Guid.NewGuid():N}.socket");
        Networks.Run(network, done => Backlog(new UnixDomainSocketEndPoint(path), done));
    }

    [Theory]
    [MemberData(nameof(OfTheSystem))]
    public void Options_have_the_names_of_dotnet(string network) => Networks.Run(network, (client, server, done) =>
    {
        Assert.Equal((1, 1), (NoDelay(client), NoDelay(server)));
        client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, 0);
        Assert.Equal((0, 1), (NoDelay(client), NoDelay(server)));
        Assert.Throws<SocketException>(() => client.GetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.HopLimit + 1000));
        done.Trigger();
    });

    [Theory]
    [MemberData(nameof(All))]
    public void An_address_of_another_kind_is_refused(string network)
    {
        if (network == Networks.Memory)
            return;     // it has every address
        Networks.Run(network, (Event done) =>
        {
            var error = Assert.Throws<ArgumentException>(() => Network.Current.Listen(new DnsEndPoint("localhost", 80)));
            Assert.Contains("Resolve", error.Message, StringComparison.Ordinal);
            done.Trigger();
        });
    }

    [Theory]
    [MemberData(nameof(OfTheSystem))]
    public void A_peer_that_resets_at_once_is_told_as_that(string network)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(Networks.AnyPort);
        server.Listen();
        Networks.Run(network, (Event done) => MeetReset(server, done));
    }

    private static int NoDelay(Connection connection) => connection.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay);

    [Tamed]
    private static partial void Refused(Event done);

    private static void RefusedBody(Event done)
    {
        var listener = Network.Current.Listen(Networks.AnyPort);
        listener.Dispose();
        try
        {
            twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection _);
            Assert.Fail("It connected.");
        }
        catch (SocketException error)
        {
            Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
            Assert.StartsWith($"Connecting to {listener.LocalEndPoint} failed: ", error.Message, StringComparison.Ordinal);
            Assert.EndsWith("Nothing listens there: check the address, and whether the server is running.", error.Message, StringComparison.Ordinal);
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void MeetReset(Socket server, Event done);

    private static void MeetResetBody(Socket server, Event done)
    {
        using var ends = new Rendezvous();
        Network.Current.Connect(server.LocalEndPoint!, mkevent(ends, out Connection? connection));
        ResetFirst(server);
        twait(ends, out Exception? error);
        if (connection is not null)
        {
            connection.Receive(new byte[1], mkevent(ends, out int _));
            twait(ends, out error);
            connection.Dispose();
        }
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(error).SocketErrorCode);
        done.Trigger();
    }

    /// <summary>Keeps the loop from looking until the connection is there, and reset.</summary>
    private static void ResetFirst(Socket server)
    {
        using var accepted = server.Accept();
        accepted.LingerState = new LingerOption(true, 0);
        Thread.Sleep(100);
    }

    [Tamed]
    private static partial void LateAccept(Event done);

    private static void LateAcceptBody(Event done)
    {
        using var listener = Network.Current.Listen(Networks.AnyPort);
        for (int i = 0; i < 3; i++)
        {
            try
            {
                twait(e => listener.Accept(e.WithTimeout(s_short)), out Connection _);
                Assert.Fail("It accepted.");
            }
            catch (TimeoutException)
            {
            }
            Connection client, server;
            using (twait())
            {
                Network.Current.Connect(listener.LocalEndPoint, mkevent(out client));
                listener.Accept(mkevent(out server));
            }
            client.Dispose();
            server.Dispose();
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void Closed(Event done);

    private static void ClosedBody(Event done)
    {
        var listener = Network.Current.Listen(Networks.AnyPort);
        for (int i = 0; i < 2; i++)
        {
            try
            {
                using (twait())
                {
                    listener.Accept(mkevent(out Connection _));
                    listener.Dispose();
                }
                Assert.Fail("It accepted.");
            }
            catch (ObjectDisposedException error)
            {
                Assert.StartsWith("The listener is closed.", error.Message, StringComparison.Ordinal);
            }
        }
        Assert.Throws<ObjectDisposedException>(() => listener.TryAccept(out _));
        using var again = Network.Current.Listen(listener.LocalEndPoint);
        done.Trigger();
    }

    [Tamed]
    private static partial void Attempt(Event done);

    private static void AttemptBody(Event done)
    {
        using var listener = Network.Current.Listen(Networks.AnyPort);
        Assert.False(listener.TryAccept(out var none));
        Assert.Null(none);
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection client);
        Connection? server;
        while (!listener.TryAccept(out server))
            twait(e => asap(e));
        server.Dispose();
        client.Dispose();
        done.Trigger();
    }

    [Tamed]
    private static partial void Greet(EndPoint at, Event done);

    private static void GreetBody(EndPoint at, Event done)
    {
        twait(e => Networks.Pair(at, e), out Connection client, out Connection server);
        using (client)
        using (server)
        {
            twait(e => client.Send(new byte[] { 1, 2 }, e));
            twait(e => Networks.ReceiveAll(server, 2, 2, e), out byte[] received);
            Assert.Equal([1, 2], received);
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void DualMode(Event done);

    private static void DualModeBody(Event done)
    {
        using var listener = Network.Current.Listen(new IPEndPoint(IPAddress.IPv6Any, 0));
        int port = ((IPEndPoint)listener.LocalEndPoint).Port;
        Connection client, server;
        using (twait())
        {
            listener.Accept(mkevent(out server));
            Network.Current.Connect(new IPEndPoint(IPAddress.Loopback, port), mkevent(out client));
        }
        client.Dispose();
        server.Dispose();
        done.Trigger();
    }

    [Tamed]
    private static partial void Backlog(EndPoint at, Event done);

    private static void BacklogBody(EndPoint at, Event done)
    {
        using var listener = Network.Current.Listen(at, new ListenOptions { Backlog = 2 });
        var clients = new List<Connection>();
        using (twait())
        {
            for (int i = 0; i < 8; i++)
                ConnectInto(listener.LocalEndPoint, clients, mkevent());
            AcceptAll(listener, 8, mkevent());
        }
        Assert.Equal(8, clients.Count);
        clients.ForEach(client => client.Dispose());
        done.Trigger();
    }

    [Tamed]
    private static partial void ConnectInto(EndPoint at, List<Connection> clients, Event done);

    private static void ConnectIntoBody(EndPoint at, List<Connection> clients, Event done)
    {
        twait(e => Network.Current.Connect(at, e), out Connection client);
        clients.Add(client);
        done.Trigger();
    }

    [Tamed]
    private static partial void AcceptAll(Listener listener, int count, Event done);

    private static void AcceptAllBody(Listener listener, int count, Event done)
    {
        twait(e => timer(s_short, e));
        while (count-- > 0)
        {
            twait(e => listener.Accept(e), out Connection server);
            server.Dispose();
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void AcceptTwo(bool isDeferred, int first, Event done);

    private static void AcceptTwoBody(bool isDeferred, int first, Event done)
    {
        if (isDeferred && first == 2 && !OperatingSystem.IsLinux())
            Assert.Skip("Only Linux defers accepts.");
        using var listener = Network.Current.Listen(Networks.AnyPort, new ListenOptions { DeferAccept = isDeferred });
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection silent);
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection speaking);
        twait(e => speaking.Send(new byte[] { 2 }, e));
        var accepted = new List<EndPoint>();
        for (int i = 0; i < 2; i++)
        {
            twait(e => listener.Accept(e), out Connection connection);
            accepted.Add(connection.RemoteEndPoint!);
            connection.Dispose();
        }
        Connection[] order = first == 1 ? [silent, speaking] : [speaking, silent];
        Assert.Equal(order.Select(client => client.LocalEndPoint), accepted);
        silent.Dispose();
        speaking.Dispose();
        done.Trigger();
    }
}

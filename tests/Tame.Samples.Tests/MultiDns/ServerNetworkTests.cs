using System.Net;
using System.Net.Sockets;
using MultiDns;

namespace Tame.Samples.Tests.MultiDns;

/// <summary>Names that a DNS server of this test knows, on the loop that also asks for them.</summary>
public sealed partial class ServerNetworkTests
{
    private static readonly Dictionary<string, IPAddress[]> s_hosts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["one.test"] = [IPAddress.Parse("192.0.2.1")],
        ["two.test"] = [IPAddress.Parse("192.0.2.2"), IPAddress.Parse("192.0.2.3")],
        ["here.test"] = [IPAddress.Loopback],
        ["empty.test"] = [],
    };

    [Fact]
    public void A_name_has_the_addresses_that_the_server_knows() => Run(Find);

    [Fact]
    public void A_name_without_an_address_fails() => Run(Miss);

    [Fact]
    public void A_connection_by_name_goes_where_the_server_says() => Run(Connect);

    [Fact]
    public void The_command_asks_the_server_that_it_is_told() => Run(Command);

    private static void Run(Action<IPEndPoint, Event> client) => EventLoop.Run(done => Run(client, done));

    [Tamed]
    private static partial void Run(Action<IPEndPoint, Event> client, Event done);

    private static void RunBody(Action<IPEndPoint, Event> client, Event done)
    {
        using var socket = Network.Current.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        DnsServer.Serve(socket, s_hosts, Event.Ignored);
        twait(e => client((IPEndPoint)socket.LocalEndPoint, e.WithTimeout(TimeSpan.FromMinutes(1))));
        done.Trigger();
    }

    [Tamed]
    private static partial void Find(IPEndPoint server, Event done);

    private static void FindBody(IPEndPoint server, Event done)
    {
        var network = new ServerNetwork(server);
        IPAddress[] one, two;
        using (twait())
        {
            network.Resolve("one.test", mkevent(out one));
            network.Resolve("TWO.test", mkevent(out two));
        }
        Assert.Equal(s_hosts["one.test"], one);
        Assert.Equal(s_hosts["two.test"], two);
        done.Trigger();
    }

    [Tamed]
    private static partial void Miss(IPEndPoint server, Event done);

    private static void MissBody(IPEndPoint server, Event done)
    {
        var network = new ServerNetwork(server);
        foreach (var (name, expected) in new[] { ("unknown.test", SocketError.HostNotFound), ("empty.test", SocketError.NoData) })
        {
            var error = SocketError.Success;
            try
            {
                twait(e => network.Resolve(name, e), out IPAddress[] _);
            }
            catch (SocketException failure)
            {
                error = failure.SocketErrorCode;
            }
            Assert.Equal(expected, error);
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void Connect(IPEndPoint server, Event done);

    private static void ConnectBody(IPEndPoint server, Event done)
    {
        var network = new ServerNetwork(server);
        using var listener = network.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        twait(e => Tame.IO.ConnectingByName.Connect(network, "here.test", ((IPEndPoint)listener.LocalEndPoint).Port, e), out Connection connection);
        using var closing = connection;
        Assert.Equal(listener.LocalEndPoint, connection.RemoteEndPoint);
        done.Trigger();
    }

    [Tamed]
    private static partial void Command(IPEndPoint server, Event done);

    private static void CommandBody(IPEndPoint server, Event done)
    {
        twait(Task.Run(() => Samples.Tests.Command.Run(typeof(Lookups), "--server", $"{server}", "one.test", "two.test", "unknown.test")), out (int Exit, string Output, string Error) run);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        string[] lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal(12, lines.Length);
        foreach (int form in (int[])[0, 4, 8])
        {
            Assert.Equal("  one.test: 192.0.2.1", lines[form + 1]);
            Assert.Equal("  two.test: 192.0.2.2", lines[form + 2]);
            Assert.StartsWith("  unknown.test: Looking up 'unknown.test' failed: ", lines[form + 3]);
        }
        done.Trigger();
    }
}

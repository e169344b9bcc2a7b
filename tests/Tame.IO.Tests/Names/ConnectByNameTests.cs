using System.Net;
using System.Net.Sockets;

namespace Tame.IO.Tests.Names;

/// <summary>Connecting by name, in virtual time, over a network some of whose addresses are slow or silent.</summary>
public sealed partial class ConnectByNameTests
{
    private const int Port = 80;
    private static readonly IPAddress s_six1 = IPAddress.Parse("2001:db8::1");
    private static readonly IPAddress s_six2 = IPAddress.Parse("2001:db8::2");
    private static readonly IPAddress s_four1 = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress s_four2 = IPAddress.Parse("192.0.2.2");

    [Fact]
    public void The_first_address_that_answers_wins_and_no_other_is_tried() =>
        Connect(new Unreliable(), [s_six1, s_four1], done: "2001:db8::1", "0 ms: 2001:db8::1");

    [Fact]
    public void A_silent_address_is_left_behind_after_250_ms() =>
        Connect(new Unreliable { Silent = [s_six1] }, [s_six1, s_six2, s_four1], done: "192.0.2.1", "0 ms: 2001:db8::1", "250 ms: 192.0.2.1");

    [Fact]
    public void An_address_that_refuses_is_left_behind_at_once() =>
        Connect(new Unreliable { Refused = [s_six1] }, [s_six1, s_four1], done: "192.0.2.1", "0 ms: 2001:db8::1", "0 ms: 192.0.2.1");

    [Fact]
    public void A_slow_address_may_still_win() =>
        Connect(
            new Unreliable { Slow = [s_six1], Silent = [s_four1] },
            [s_six1, s_four1],
            done: "2001:db8::1",
            "0 ms: 2001:db8::1",
            "250 ms: 192.0.2.1");

    [Fact]
    public void Where_none_answers_the_first_failure_is_told() =>
        Connect(
            new Unreliable { Refused = [s_six1, s_four1] },
            [s_six1, s_four1],
            done: $"Connecting to [2001:db8::1]:{Port} failed, and 1 other",
            "0 ms: 2001:db8::1",
            "0 ms: 192.0.2.1");

    [Fact]
    public void Families_take_turns() =>
        Assert.Equal([s_six1, s_four1, s_six2, s_four2], ConnectingByName.InTurns([s_six1, s_six2, s_four1, s_four2]));

    [Fact]
    public void A_time_limit_cancels_all_attempts()
    {
        var network = new Unreliable { Silent = [s_six1, s_four1] };
        Connect(network, [s_six1, s_four1], done: "time is over", "0 ms: 2001:db8::1", "250 ms: 192.0.2.1");
        Assert.Equal(2, network.Cancelled);
    }

    [Fact]
    public void A_name_that_is_unknown_is_told() => Connect(new Unreliable(), [], done: "Looking up 'server' failed, and 0 other");

    private static void Connect(Unreliable network, IPAddress[] addresses, string done, params string[] tried)
    {
        var memory = network.Memory;
        memory.SetHost("server", addresses);
        string result = EventLoop.Run<string>(e => Result(network, e), new EventLoopOptions { Network = network, VirtualTime = true });
        Assert.Equal(done, result);
        Assert.Equal(tried, network.Tried);
    }

    [Tamed]
    private static partial void Result(Unreliable network, Event<string> result);

    private static void ResultBody(Unreliable network, Event<string> result)
    {
        using var six = network.Listen(new IPEndPoint(IPAddress.IPv6Any, Port));
        network.Start = EventLoop.Current!.TimeProvider.GetTimestamp();
        try
        {
            twait(e => network.Connect("server", Port, e.WithTimeout(TimeSpan.FromSeconds(3))), out Connection connection);
            using (connection)
                result.Trigger(((IPEndPoint)connection.RemoteEndPoint!).Address.ToString());
        }
        catch (TimeoutException)
        {
            result.Trigger("time is over");
        }
        catch (SocketException error)
        {
            result.Trigger($"{error.Message[..error.Message.IndexOf(':', error.Message.IndexOf(" failed", StringComparison.Ordinal))]}, and {error.OtherFailures().Count} other");
        }
    }

    /// <summary>A network in memory with addresses that do not answer as they should.</summary>
    private sealed partial class Unreliable : Network
    {
        public MemoryNetwork Memory { get; } = new();

        public IPAddress[] Silent { get; init; } = [];

        public IPAddress[] Slow { get; init; } = [];

        public IPAddress[] Refused { get; init; } = [];

        public List<string> Tried { get; } = [];

        public long Start { get; set; }

        public int Cancelled { get; private set; }

        public override FileSystem Files => Memory.Files;

        public override Listener Listen(EndPoint endPoint, ListenOptions? options = null) => Memory.Listen(endPoint, options);

        public override Datagrams Bind(EndPoint endPoint) => Memory.Bind(endPoint);

        public override void Resolve(string host, Event<IPAddress[]> resolved) => Memory.Resolve(host, resolved);

        public override void Connect(EndPoint endPoint, Event<Connection> connected)
        {
            var address = ((IPEndPoint)endPoint).Address;
            Tried.Add($"{EventLoop.Current!.TimeProvider.GetElapsedTime(Start).TotalMilliseconds} ms: {address}");
            if (Silent.Contains(address))
                connected.OnComplete(_ => Cancelled++, null);
            if (Silent.Contains(address))
                Hold(connected);
            else if (Slow.Contains(address))
                Later(endPoint, connected);
            else if (Refused.Contains(address))
                connected.Fail(new SocketException((int)SocketError.ConnectionRefused, $"Connecting to {endPoint} failed: refused"));
            else
                Memory.Connect(endPoint, connected);
        }

        /// <summary>Never answers, and keeps the event in reach.</summary>
        private readonly List<Event<Connection>> _held = [];

        private void Hold(Event<Connection> connected) => _held.Add(connected);

        [Tamed]
        private partial void Later(EndPoint endPoint, Event<Connection> connected);

        private void LaterBody(EndPoint endPoint, Event<Connection> connected)
        {
            twait(e => timer(TimeSpan.FromMilliseconds(400), e));
            Memory.Connect(endPoint, connected);
        }
    }
}

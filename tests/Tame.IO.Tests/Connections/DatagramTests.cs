using System.Net;
using System.Net.Sockets;

namespace Tame.IO.Tests.Connections;

/// <summary>Datagrams.</summary>
public sealed partial class DatagramTests
{
    public static readonly TheoryData<string> All = Networks.All;
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(20);

    [Theory]
    [MemberData(nameof(All))]
    public void Datagrams_arrive_with_their_senders(string network) => Networks.Run(network, done => Senders(IPAddress.Loopback, done));

    [Theory]
    [MemberData(nameof(All))]
    public void Datagrams_of_IPv6_arrive_with_their_senders(string network) => Networks.Run(network, done => Senders(IPAddress.IPv6Loopback, done));

    [Theory]
    [MemberData(nameof(All))]
    public void One_that_does_not_fit_is_told_and_dropped(string network) => Networks.Run(network, TooLong);

    [Theory]
    [MemberData(nameof(All))]
    public void One_that_no_network_takes_is_refused(string network) => Networks.Run(network, TooLarge);

    [Theory]
    [MemberData(nameof(All))]
    public void A_receive_whose_time_is_over_takes_no_datagram(string network) => Networks.Run(network, Late);

    [Theory]
    [MemberData(nameof(All))]
    public void A_close_fails_what_is_under_way_and_what_comes_later(string network) => Networks.Run(network, Closed);

    [Theory]
    [MemberData(nameof(All))]
    public void A_second_receive_is_refused(string network) => Networks.Run(network, (Event done) =>
    {
        using var socket = Network.Current.Bind(Networks.AnyPort);
        socket.Receive(new byte[1], Event<int, EndPoint>.Ignored);
        Assert.Throws<InvalidOperationException>(() => socket.Receive(new byte[1], Event<int, EndPoint>.Ignored));
        done.Trigger();
    });

    [Tamed]
    private static partial void Senders(IPAddress address, Event done);

    private static void SendersBody(IPAddress address, Event done)
    {
        using var receiver = Network.Current.Bind(new IPEndPoint(address, 0));
        using var first = Network.Current.Bind(new IPEndPoint(address, 0));
        using var second = Network.Current.Bind(new IPEndPoint(address, 0));
        var buffer = new byte[100];
        for (byte i = 0; i < 20; i++)
        {
            var sender = i % 3 == 0 ? first : second;
            twait(e => sender.Send(new byte[] { i, i, i }, receiver.LocalEndPoint, e));
            twait(e => receiver.Receive(buffer, e), out int count, out EndPoint from);
            Assert.Equal((3, i), (count, buffer[2]));
            Assert.Equal(sender.LocalEndPoint, from);
            twait(e => receiver.Send(new byte[] { i }, from, e));
            twait(e => sender.Receive(buffer, e), out count, out from);
            Assert.Equal((1, i), (count, buffer[0]));
            Assert.Equal(receiver.LocalEndPoint, from);
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void TooLong(Event done);

    private static void TooLongBody(Event done)
    {
        using var socket = Network.Current.Bind(Networks.AnyPort);
        twait(e => socket.Send(new byte[] { 1, 2, 3 }, socket.LocalEndPoint, e));
        twait(e => socket.Send(new byte[] { 4, 5 }, socket.LocalEndPoint, e));
        var buffer = new byte[2];
        try
        {
            twait(e => socket.Receive(buffer, e), out int _, out EndPoint _);
            Assert.Fail("It fits.");
        }
        catch (SocketException error)
        {
            Assert.Equal(SocketError.MessageSize, error.SocketErrorCode);
        }
        twait(e => socket.Receive(buffer, e), out int count, out EndPoint _);
        Assert.Equal([4, 5], buffer[..count]);
        done.Trigger();
    }

    [Tamed]
    private static partial void TooLarge(Event done);

    private static void TooLargeBody(Event done)
    {
        using var socket = Network.Current.Bind(Networks.AnyPort);
        try
        {
            twait(e => socket.Send(new byte[66_000], socket.LocalEndPoint, e));
            Assert.Fail("It was sent.");
        }
        catch (SocketException error)
        {
            Assert.Equal(SocketError.MessageSize, error.SocketErrorCode);
            Assert.StartsWith($"Sending a datagram to {socket.LocalEndPoint} failed", error.Message, StringComparison.Ordinal);
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void Late(Event done);

    private static void LateBody(Event done)
    {
        using var socket = Network.Current.Bind(Networks.AnyPort);
        var buffer = new byte[2];
        try
        {
            twait(e => socket.Receive(buffer, e.WithTimeout(s_short)), out int _, out EndPoint _);
            Assert.Fail("Something came.");
        }
        catch (TimeoutException)
        {
        }
        twait(e => socket.Send(new byte[] { 9 }, socket.LocalEndPoint, e));
        twait(e => socket.Receive(buffer, e), out int count, out EndPoint _);
        Assert.Equal((1, 9), (count, buffer[0]));
        done.Trigger();
    }

    [Tamed]
    private static partial void Closed(Event done);

    private static void ClosedBody(Event done)
    {
        var socket = Network.Current.Bind(Networks.AnyPort);
        for (int i = 0; i < 2; i++)
        {
            try
            {
                using (twait())
                {
                    socket.Receive(new byte[1], mkevent(out int _, out EndPoint _));
                    socket.Dispose();
                }
                Assert.Fail("Something came.");
            }
            catch (ObjectDisposedException error)
            {
                Assert.StartsWith("The socket is closed.", error.Message, StringComparison.Ordinal);
            }
        }
        done.Trigger();
    }
}

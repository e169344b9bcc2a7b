namespace Tame.IO.Tests.Streams;

public sealed partial class CopyTests
{
    public static readonly TheoryData<string> All = Networks.All;

    [Theory]
    [MemberData(nameof(All))]
    public void A_relay_passes_bytes_and_ends_on_in_both_directions(string network) => Pairs.Run(network, RelayTest, buffer: 1000);

    [Tamed] private static partial void RelayTest(Connection client, Connection near, Event done);

    private static void RelayTestBody(Connection client, Connection near, Event done)
    {
        twait(e => Pairs.Open(e), out Connection far, out Connection server);
        var request = new byte[5000];
        var answer = new byte[7000];
        new Random(1).NextBytes(request);
        new Random(2).NextBytes(answer);
        using (far)
        using (server)
        {
            using (twait())
            {
                IO.Connections.Relay(near, far, mkevent());
                Talk(client, request, 7000, speaksFirst: true, answer, mkevent());
                Talk(server, answer, 5000, speaksFirst: false, request, mkevent());
            }
        }
        done.Trigger();
    }

    [Tamed] private static partial void Talk(Connection connection, byte[] toSend, int count, bool speaksFirst, byte[] expected, Event done);

    private static void TalkBody(Connection connection, byte[] toSend, int count, bool speaksFirst, byte[] expected, Event done)
    {
        using var reader = new Reader(connection);
        var got = new byte[count];
        if (speaksFirst)
        {
            twait(e => connection.Send(toSend, e));
            connection.CloseSend();
        }
        twait(e => reader.ReadExactly(got, e));
        twait(e => reader.Read(new byte[1], e), out int end);
        Assert.Equal(0, end);
        Assert.Equal(expected, got);
        if (!speaksFirst)
        {
            twait(e => connection.Send(toSend, e));
            connection.CloseSend();
        }
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_copy_that_is_cancelled_loses_no_byte(string network) => Pairs.Run(network, CancelTest);

    [Tamed] private static partial void CancelTest(Connection client, Connection near, Event done);

    private static void CancelTestBody(Connection client, Connection near, Event done)
    {
        twait(e => Pairs.Open(e), out Connection far, out Connection server);
        using var copies = new Rendezvous();
        using var stop = new CancellationTokenSource();
        IO.Connections.Copy(near, far, mkevent(copies, out long _).WithCancellation(stop.Token));
        twait(e => client.Send("abc"u8.ToArray(), e));
        twait(e => server.Receive(new byte[10], e), out int count);
        Assert.Equal(3, count);
        stop.Cancel();
        twait(copies, out Exception? error);
        Assert.IsType<OperationCanceledException>(error, exactMatch: false);
        twait(e => client.Send("def"u8.ToArray(), e));
        client.CloseSend();
        twait(e => timer(TimeSpan.FromMilliseconds(50), e));
        Assert.False(server.TryReceive(new byte[10], out _));
        twait(e => IO.Connections.Copy(near, far, e), out long copied);
        Assert.Equal(3, copied);
        twait(e => server.Receive(new byte[10], e), out count);
        Assert.Equal(3, count);
        twait(e => server.Receive(new byte[10], e), out count);
        Assert.Equal(0, count);
        far.Dispose();
        server.Dispose();
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_relay_ends_both_sides_where_one_breaks(string network) => Pairs.Run(network, BreakTest);

    [Tamed] private static partial void BreakTest(Connection client, Connection near, Event done);

    private static void BreakTestBody(Connection client, Connection near, Event done)
    {
        twait(e => Pairs.Open(e), out Connection far, out Connection server);
        using var relay = new Rendezvous();
        IO.Connections.Relay(near, far, mkevent(relay));
        twait(e => timer(TimeSpan.FromMilliseconds(20), e));
        client.Abort();
        twait(relay, out Exception? error);
        Assert.IsType<System.Net.Sockets.SocketException>(error);
        using var received = new Rendezvous();
        server.Receive(new byte[1], mkevent(received, out int _));
        twait(received, out error);
        Assert.IsType<System.Net.Sockets.SocketException>(error);
        Assert.True(near.IsClosed && far.IsClosed);
        server.Dispose();
        done.Trigger();
    }
}

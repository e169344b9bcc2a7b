using System.Net.Sockets;

namespace Tame.Stages.Tests.Sockets;

public sealed partial class SocketStageTests
{
    [Fact]
    public void Packets_bring_all_bytes_in_their_order_and_then_the_end() => Rig.Run(Read);

    [Fact]
    public void A_reset_is_the_last_packet_and_fails_the_writes() => Rig.Run(Reset, buffer: 100);

    [Fact]
    public void Writes_are_sent_in_their_order_and_complete_when_sent() => Rig.Run(Write, buffer: 100);

    [Fact]
    public void A_close_comes_after_the_writes_and_an_abort_before() => Rig.Run(Close, buffer: 100);

    [Fact]
    public void A_connection_has_a_limited_number_of_bytes_unsent() => Rig.Run(Unsent, buffer: 100);

    [Fact]
    public void A_sink_that_does_not_take_stops_the_peer_and_no_byte_is_lost() => Rig.Run(Pressed, buffer: 1000);

    [Fact]
    public void At_the_limit_connections_wait_in_the_backlog() => Rig.Run(Limited);

    [Fact]
    public void A_listener_that_is_closed_completes_its_event() => Rig.Run(Unlistened);

    [Fact]
    public void Requests_for_a_closed_connection_are_accepted_and_fail_by_their_events() => Rig.Run(Dead);

    [Fact]
    public void A_connection_is_read_once() => Rig.Run(ReadTwice);

    [Fact]
    public void A_connection_of_another_loop_is_refused() => Rig.Run(OtherLoop);

    [Fact]
    public void A_packet_that_is_given_back_has_no_bytes_and_giving_it_back_again_does_nothing() => Rig.Run(GivenBack);

    [Tamed]
    private static partial void Read(Event done);

    private static void ReadBody(Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        var sockets = new SocketStage("s", new() { PacketSize = 1000 });
        var got = new Packets();
        Assert.Equal(EnqueueOutcome.Accepted, sockets.TryRead(server, got.Stage));
        twait(e => client.Send(Rig.Bytes(10_500), e));
        client.CloseSend();
        twait(e => Rig.Settle(e));
        Assert.Equal(Rig.Bytes(10_500), got.Bytes.ToArray());
        Assert.Equal([SocketPacketKind.End], got.Ends);
        Assert.Equal(10_500, sockets.Traffic.BytesReceived);
        twait(e => sockets.TryClose(server, e));
        Assert.True(server.IsClosed);
        Assert.Equal((0, 1), (sockets.Running, got.Ends.Count));
        done.Trigger();
    }

    [Tamed]
    private static partial void Reset(Event done);

    private static void ResetBody(Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        var sockets = new SocketStage("s");
        var got = new Packets();
        sockets.TryRead(server, got.Stage);
        using var r = new Rendezvous<int>();
        sockets.TryWrite(server, Rig.Bytes(1000), mkevent(r, 1));
        sockets.TryWrite(server, Rig.Bytes(1000), mkevent(r, 2));
        twait(e => Rig.Settle(e));
        client.Abort();
        for (int i = 1; i <= 2; i++)
        {
            twait(r, out int id, out Exception? error);
            Assert.Equal(i, id);
            Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(error).SocketErrorCode);
        }
        twait(e => Rig.Settle(e));
        Assert.Equal([SocketPacketKind.Failed], got.Ends);
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(got.Error).SocketErrorCode);
        Assert.Equal((0, 2), (sockets.Running, sockets.Traffic.FailedWrites));
        done.Trigger();
    }

    [Tamed]
    private static partial void Write(Event done);

    private static void WriteBody(Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        var sockets = new SocketStage("s");
        using var r = new Rendezvous<int>();
        int sum = 0;
        for (int i = 0; i < 20; i++)
        {
            sockets.TryWrite(server, Rig.Bytes(i * 10, sum), mkevent(r, i));
            sum += i * 10;
        }
        twait(e => Rig.Settle(e));
        Assert.Equal(5, r.Ready);       // 0, 10, 20, 30 and 40 bytes of the 100 for which there is room
        twait(e => Rig.ReceiveAll(client, sum, e), out byte[] all);
        Assert.Equal(Rig.Bytes(sum), all);
        for (int i = 0; i < 20; i++)
        {
            twait(r, out int id);
            Assert.Equal(i, id);
        }
        Assert.Equal(sum, sockets.Traffic.BytesSent);
        done.Trigger();
    }

    [Tamed]
    private static partial void Close(Event done);

    private static void CloseBody(Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        twait(e => Rig.Pair(e), out Connection client2, out Connection server2);
        var sockets = new SocketStage("s");
        using var r = new Rendezvous<string>();
        foreach (var one in new[] { server, server2 })
            sockets.TryWrite(one, Rig.Bytes(1000), mkevent(r, one == server ? "sent" : "lost"));
        sockets.TryClose(server, mkevent(r, "closed"));
        sockets.TryAbort(server2, mkevent(r, "aborted"));
        sockets.TryWrite(server, Rig.Bytes(1), mkevent(r, "late"));
        twait(e => Rig.Settle(e));
        Assert.True(server2.IsClosed);
        Assert.False(server.IsClosed);
        twait(e => Rig.ReceiveAll(client, int.MaxValue, e), out byte[] all);
        Assert.Equal(Rig.Bytes(1000), all);
        var ends = new List<string>();
        while (r.Waiting + r.Ready != 0)
        {
            twait(r, out string what, out Exception? error);
            ends.Add(error is null ? what : $"{what} failed");
        }
        Assert.Equal(["aborted", "closed", "late failed", "lost failed", "sent"], ends.Order());
        Assert.True(ends.IndexOf("sent") < ends.IndexOf("closed"));
        Assert.True(server.IsClosed);
        client2.Dispose();
        done.Trigger();
    }

    [Tamed]
    private static partial void Unsent(Event done);

    private static void UnsentBody(Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        var sockets = new SocketStage("s", new() { MaxUnsent = 500 });
        Assert.Equal(EnqueueOutcome.Accepted, sockets.TryWrite(server, Rig.Bytes(600), Event.Ignored));     // more than the limit, but alone
        Assert.Equal(EnqueueOutcome.Full, sockets.TryWrite(server, Rig.Bytes(1), Event.Ignored));
        twait(e => Rig.ReceiveAll(client, 600, e), out byte[] all);
        Assert.Equal(Rig.Bytes(600), all);
        Assert.Equal(EnqueueOutcome.Accepted, sockets.TryWrite(server, Rig.Bytes(400), Event.Ignored));
        Assert.Equal(EnqueueOutcome.Accepted, sockets.TryWrite(server, Rig.Bytes(100), Event.Ignored));
        Assert.Equal(EnqueueOutcome.Full, sockets.TryWrite(server, Rig.Bytes(1), Event.Ignored));
        Assert.Equal(2, sockets.Traffic.RefusedFull);
        done.Trigger();
    }

    [Tamed]
    private static partial void Pressed(Event done);

    private static void PressedBody(Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        var sockets = new SocketStage("s", new() { PacketSize = 100 });
        var calls = new Queue<Event>();
        var got = new Packets(new() { Capacity = 2 }, (_, end) => calls.Enqueue(end));
        sockets.TryRead(server, got.Stage);
        using var r = new Rendezvous();
        client.Send(Rig.Bytes(5000), mkevent(r));
        twait(e => timer(TimeSpan.FromHours(1), e));
        // One packet is being handled, two are queued, one waits; 1000 bytes are in the network's buffer, and the peer's send waits.
        Assert.Equal((400, 1, 1, 0), (sockets.Traffic.BytesReceived, r.Waiting, calls.Count, r.Ready));
        while (got.Bytes.Length < 5000)
        {
            calls.Dequeue().Trigger();
            twait(e => asap(e));
            twait(e => asap(e));
            twait(e => timer(TimeSpan.FromMilliseconds(1), e));
        }
        twait(r);
        Assert.Equal(Rig.Bytes(5000), got.Bytes.ToArray());
        calls.Dequeue().Trigger();
        client.Dispose();
        twait(e => Rig.Settle(e));
        Assert.Equal([SocketPacketKind.End], got.Ends);
        calls.Dequeue().Trigger();
        done.Trigger();
    }

    [Tamed]
    private static partial void Limited(Event done);

    private static void LimitedBody(Event done)
    {
        var sockets = new SocketStage("s", new() { MaxConnections = 3 });
        var accepted = new List<Connection>();
        var sink = Stage.OnLoop<Connection>("accepted", (connection, end) =>
        {
            accepted.Add(connection);
            end.Trigger();
        });
        var listener = Network.Current.Listen(Rig.AnyPort);
        sockets.TryListen(listener, sink, Event.Ignored);
        var clients = new List<Connection>();
        for (int i = 0; i < 5; i++)
        {
            twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection client);
            clients.Add(client);
        }
        twait(e => Rig.Settle(e));
        Assert.Equal((2, 3), (accepted.Count, sockets.Running));        // and the listener
        twait(e => Rig.Pair(e), out Connection _, out Connection other);
        Assert.Equal(EnqueueOutcome.Full, sockets.TryWrite(other, Rig.Bytes(1), Event.Ignored));
        for (int i = 0; i < 5; i++)
        {
            twait(e => sockets.TryClose(accepted[i], e));
            twait(e => Rig.Settle(e));
            Assert.Equal(Math.Min(5, i + 3), accepted.Count);
        }
        Assert.Equal(1, sockets.Running);
        done.Trigger();
    }

    [Tamed]
    private static partial void Unlistened(Event done);

    private static void UnlistenedBody(Event done)
    {
        var sockets = new SocketStage("s");
        var sink = Stage.OnLoop<Connection>("accepted", (_, end) => end.Trigger());
        var listener = Network.Current.Listen(Rig.AnyPort);
        using var r = new Rendezvous();
        sockets.TryListen(listener, sink, mkevent(r));
        twait(e => Rig.Settle(e));
        Assert.Equal((1, 1), (r.Waiting, sockets.Running));
        listener.Dispose();
        twait(r);
        twait(e => Rig.Settle(e));
        Assert.Equal(0, sockets.Running);
        done.Trigger();
    }

    [Tamed]
    private static partial void Dead(Event done);

    private static void DeadBody(Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        var sockets = new SocketStage("s", new() { MaxConnections = 1 });
        var got = new Packets();
        twait(e => Rig.Pair(e), out Connection client2, out Connection server2);
        Assert.Equal(EnqueueOutcome.Accepted, sockets.TryWrite(server2, Rig.Bytes(1), Event.Ignored));
        Assert.Equal(EnqueueOutcome.Full, sockets.TryWrite(server, Rig.Bytes(1), Event.Ignored));
        server.Dispose();       // from now on it takes no place
        using var r = new Rendezvous<int>();
        Assert.Equal(EnqueueOutcome.Accepted, sockets.TryWrite(server, Rig.Bytes(1), mkevent(r, 1)));
        Assert.Equal(EnqueueOutcome.Accepted, sockets.TryClose(server, mkevent(r, 2)));
        Assert.Equal(EnqueueOutcome.Accepted, sockets.TryRead(server, got.Stage));
        twait(r, out int id, out Exception? error);
        Assert.Equal(1, id);
        Assert.IsType<ObjectDisposedException>(error);
        twait(r, out id);
        twait(e => Rig.Settle(e));
        Assert.Equal([SocketPacketKind.Closed], got.Ends);
        Assert.Equal(1, sockets.Running);
        client.Dispose();
        client2.Dispose();
        done.Trigger();
    }

    [Tamed]
    private static partial void ReadTwice(Event done);

    private static void ReadTwiceBody(Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        var sockets = new SocketStage("s");
        var got = new Packets();
        sockets.TryRead(server, got.Stage);
        Assert.Throws<InvalidOperationException>(() => sockets.TryRead(server, got.Stage));
        twait(e => sockets.TryAbort(server, e));
        client.Dispose();
        Assert.Equal([SocketPacketKind.Closed], got.Ends);
        done.Trigger();
    }

    [Tamed]
    private static partial void OtherLoop(Event done);

    private static void OtherLoopBody(Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        twait(Task.Run(() => Rig.Run(end =>
        {
            var sockets = new SocketStage("other");
            Assert.Contains("'other'", Assert.Throws<ArgumentException>(() => sockets.TryWrite(server, Rig.Bytes(1), Event.Ignored)).Message, StringComparison.Ordinal);
            end.Trigger();
        })));
        client.Dispose();
        server.Dispose();
        done.Trigger();
    }

    [Tamed]
    private static partial void GivenBack(Event done);

    private static void GivenBackBody(Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        var sockets = new SocketStage("s");
        var packets = new List<SocketPacket>();
        var sink = Stage.OnLoop<SocketPacket>("packets", (packet, end) =>
        {
            packets.Add(packet);
            end.Trigger();
        });
        sockets.TryRead(server, sink);
        twait(e => client.Send(Rig.Bytes(3), e));
        twait(e => Rig.Settle(e));
        Assert.Equal(Rig.Bytes(3), packets[0].Bytes.ToArray());
        packets[0].Dispose();
        Assert.Throws<ObjectDisposedException>(() => packets[0].Bytes);
        twait(e => client.Send(Rig.Bytes(4), e));
        twait(e => Rig.Settle(e));
        packets[0].Dispose();       // the buffer is the second packet's by now
        Assert.Equal(Rig.Bytes(4), packets[1].Bytes.ToArray());
        done.Trigger();
    }
}

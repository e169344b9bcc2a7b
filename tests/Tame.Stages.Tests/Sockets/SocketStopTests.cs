namespace Tame.Stages.Tests.Sockets;

public sealed partial class SocketStopTests
{
    [Fact]
    public void A_stop_sends_what_was_accepted_and_closes() => Rig.Run(Drained, buffer: 100);

    [Fact]
    public void At_the_deadline_writes_fail_and_packets_that_no_sink_took_are_handed_back() => Rig.Run(Forced, buffer: 100);

    [Fact]
    public void A_sink_that_stops_leaves_the_connection_open_for_writes() => Rig.Run(SinkFirst);

    [Fact]
    public void A_connection_that_no_sink_took_is_aborted() => Rig.Run(Untaken);

    [Fact]
    public void A_sink_of_connections_that_stops_closes_the_listener() => Rig.Run(Refusing);

    [Fact]
    public void The_end_of_the_loop_ends_the_stage() => Ended();

    [Tamed]
    private static partial void Drained(Event done);

    private static void DrainedBody(Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        var sockets = new SocketStage("s");
        var got = new Packets();
        sockets.TryRead(server, got.Stage);
        using var r = new Rendezvous<string>();
        sockets.TryWrite(server, Rig.Bytes(1000), mkevent(r, "sent"));
        sockets.Stop(TimeSpan.FromMinutes(1), mkevent(r, "left", out IReadOnlyList<SocketPacket> left));
        Assert.Equal(EnqueueOutcome.Stopping, sockets.TryWrite(server, Rig.Bytes(1), Event.Ignored));
        Assert.True(sockets.IsStopping);
        twait(e => Rig.Settle(e));
        Assert.Equal(0, r.Ready);
        Assert.Equal([SocketPacketKind.Closed], got.Ends);
        twait(e => Rig.ReceiveAll(client, int.MaxValue, e), out byte[] all);
        Assert.Equal(Rig.Bytes(1000), all);
        twait(r, out string first);
        twait(r, out string second);
        Assert.Equal(("sent", "left", 0), (first, second, left.Count));
        twait(e => sockets.Stop(TimeSpan.Zero, e), out IReadOnlyList<SocketPacket> again);
        Assert.Same(left, again);
        done.Trigger();
    }

    [Tamed]
    private static partial void Forced(Event done);

    private static void ForcedBody(Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        var sockets = new SocketStage("s", new() { PacketSize = 10 });
        var calls = new Queue<Event>();
        var got = new Packets(new() { Capacity = 1 }, (_, end) => calls.Enqueue(end));
        sockets.TryRead(server, got.Stage);
        using var r = new Rendezvous<string>();
        sockets.TryWrite(server, Rig.Bytes(1000), mkevent(r, "sent"));
        twait(e => client.Send(Rig.Bytes(50), e));
        twait(e => Rig.Settle(e));
        var time = EventLoop.Current!.TimeProvider;
        long start = time.GetTimestamp();
        twait(e => sockets.Stop(TimeSpan.FromSeconds(5), e), out IReadOnlyList<SocketPacket> left);
        Assert.Equal(TimeSpan.FromSeconds(5), time.GetElapsedTime(start));
        Assert.Equal([SocketPacketKind.Data, SocketPacketKind.Closed], left.Select(packet => packet.Kind));
        Assert.Equal(Rig.Bytes(50)[20..30], left[0].Bytes.ToArray());       // one was handled, one is queued
        twait(r, out string _, out Exception? error);
        Assert.Contains("'s'", Assert.IsType<OperationCanceledException>(error).Message, StringComparison.Ordinal);
        calls.Dequeue().Trigger();
        twait(e => Rig.Settle(e));
        calls.Dequeue().Trigger();
        twait(e => Rig.Settle(e));
        Assert.Equal(Rig.Bytes(20), got.Bytes.ToArray());
        Assert.Empty(got.Ends);
        done.Trigger();
    }

    [Tamed]
    private static partial void SinkFirst(Event done);

    private static void SinkFirstBody(Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        var sockets = new SocketStage("s");
        var got = new Packets();
        sockets.TryRead(server, got.Stage);
        twait(e => Rig.Settle(e));
        twait(e => got.Stage.Stop(TimeSpan.Zero, e), out IReadOnlyList<SocketPacket> _);
        twait(e => client.Send(Rig.Bytes(50), e));
        twait(e => Rig.Settle(e));
        twait(e => sockets.TryWrite(server, Rig.Bytes(70), e));
        twait(e => Rig.ReceiveAll(client, 70, e), out byte[] answer);
        Assert.Equal(Rig.Bytes(70), answer);
        twait(e => sockets.Stop(TimeSpan.FromSeconds(5), e), out IReadOnlyList<SocketPacket> left);
        Assert.Equal(Rig.Bytes(50), Assert.Single(left).Bytes.ToArray());
        Assert.Equal(0, sockets.Running);
        done.Trigger();
    }

    [Tamed]
    private static partial void Untaken(Event done);

    private static void UntakenBody(Event done)
    {
        var sockets = new SocketStage("s");
        var held = new Queue<Event>();
        var sink = Stage.OnLoop<Connection>("accepted", (_, end) => held.Enqueue(end), new() { Capacity = 1 });
        var listener = Network.Current.Listen(Rig.AnyPort);
        sockets.TryListen(listener, sink, Event.Ignored);
        var clients = new List<Connection>();
        for (int i = 0; i < 5; i++)
        {
            twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection client);
            clients.Add(client);
        }
        twait(e => Rig.Settle(e));
        Assert.Equal(4, sockets.Running);       // the listener, one handled, one queued, one that waits; two are in the backlog
        twait(e => sockets.Stop(TimeSpan.FromSeconds(5), e), out IReadOnlyList<SocketPacket> left);
        Assert.Empty(left);
        Assert.Equal((0, true), (sockets.Running, listener.IsClosed));
        int ends = 0;
        foreach (var client in clients)
        {
            using var r = new Rendezvous();
            client.Receive(new byte[1], mkevent(r, out int _));
            twait(r, out Exception? _);
            ends++;
        }
        Assert.Equal(5, ends);
        done.Trigger();
    }

    [Tamed]
    private static partial void Refusing(Event done);

    private static void RefusingBody(Event done)
    {
        var sockets = new SocketStage("s");
        var sink = Stage.OnLoop<Connection>("accepted", (_, end) => end.Trigger());
        var listener = Network.Current.Listen(Rig.AnyPort);
        using var r = new Rendezvous();
        sockets.TryListen(listener, sink, mkevent(r));
        twait(e => sink.Stop(TimeSpan.Zero, e));
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection client);
        twait(r);
        Assert.True(listener.IsClosed);
        using var failed = new Rendezvous();
        client.Receive(new byte[1], mkevent(failed, out int _));
        twait(failed, out Exception? error);
        Assert.IsType<System.Net.Sockets.SocketException>(error);       // a reset
        Assert.Equal(0, sockets.Running);
        done.Trigger();
    }

    private static void Ended()
    {
        SocketStage? sockets = null;
        Rig.Run(done =>
        {
            sockets = new SocketStage("s");
            ReadAndLeave(sockets, done);
        });
        Assert.True(sockets!.IsStopping);
        Assert.Equal(0, sockets.Running);
    }

    [Tamed]
    private static partial void ReadAndLeave(SocketStage sockets, Event done);

    private static void ReadAndLeaveBody(SocketStage sockets, Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        sockets.TryRead(server, new Packets().Stage);
        twait(e => Rig.Settle(e));
        Assert.Equal(1, sockets.Running);
        done.Trigger();
    }
}

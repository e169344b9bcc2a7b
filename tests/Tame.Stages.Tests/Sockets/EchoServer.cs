namespace Tame.Stages.Tests.Sockets;

#region echo
internal sealed partial class EchoServer
{
    private readonly SocketStage _sockets = new("sockets");
    private readonly Stage<Connection> _accepted;
    private readonly Stage<SocketPacket> _packets;

    public EchoServer()
    {
        _accepted = Stage.OnLoop<Connection>("accepted", Welcome);
        _packets = Stage.OnLoop<SocketPacket>("packets", Answer, new()
        {
            Capacity = 4096,
            MaxConcurrency = 4096,          // a peer that does not read keeps one call
            OrderBy = StageOrder.By((SocketPacket packet) => packet.Connection),
        });
    }

    public EnqueueOutcome TryStart(Listener listener, Event closed) => _sockets.TryListen(listener, _accepted, closed);

    [Tamed] public partial void Stop(Event<int> lost);

    private void StopBody(Event<int> lost)
    {
        var limit = TimeSpan.FromSeconds(10);
        twait(e => _accepted.Stop(limit, e));       // no new connection
        twait(e => _packets.Stop(limit, e), out IReadOnlyList<SocketPacket> unhandled);     // what has come is answered
        twait(e => _sockets.Stop(limit, e), out IReadOnlyList<SocketPacket> untaken);       // and sent
        foreach (var packet in unhandled.Concat(untaken))
            packet.Dispose();
        lost.Trigger(unhandled.Concat(untaken).Count(packet => packet.Kind == SocketPacketKind.Data));
    }

    private void Welcome(Connection connection, Event done)
    {
        if (_sockets.TryRead(connection, _packets) != EnqueueOutcome.Accepted)
            connection.Abort();             // too busy
        done.Trigger();
    }

    private void Answer(SocketPacket packet, Event done)
    {
        var outcome = packet.Kind switch
        {
            SocketPacketKind.Data => _sockets.TryWrite(packet.Connection, packet, done),    // done when it is sent
            SocketPacketKind.End => _sockets.TryClose(packet.Connection, done),
            _ => EnqueueOutcome.Stopping,   // the connection is closed already
        };
        if (outcome == EnqueueOutcome.Accepted)
            return;
        packet.Dispose();
        if (outcome == EnqueueOutcome.Full)
            packet.Connection.Abort();
        done.Trigger();
    }
}
#endregion

namespace Tame.Stages.Tests.Sockets;

/// <summary>Something that one side of a connection does, after a pause in milliseconds.</summary>
internal sealed record Step(StepKind Kind, int Size, int Pause);

internal enum StepKind
{
    Send,
    End,
    Abort,
}

/// <summary>What both sides of a connection do: the client by itself, the server by requests to the stage.</summary>
internal sealed record Talk(Step[] Client, Step[] Server);

/// <summary>A mix of reads, writes, closes and resets, and a stop in the midst of them.</summary>
internal sealed record Scenario(Talk[] Talks, int[] Delays, int PacketSize, int Room, int Buffer, StopKind Stop);

/// <summary>After how many milliseconds the stage stops, with which deadline, and whether the sink stops before.</summary>
internal sealed record StopKind(int After, int Deadline, bool SinkFirst);

/// <summary>Runs a mix in virtual time, and checks that nothing was lost, doubled or out of order.</summary>
internal sealed partial class Mix(Scenario scenario)
{
    private readonly Dictionary<Connection, Side> _sides = [];
    private SocketStage _sockets = null!;
    private Stage<SocketPacket> _sink = null!;
    private int _handled;

    public static void Check(Scenario scenario) => Rig.Run(done => new Mix(scenario).Run(done), scenario.Buffer);

    [Tamed]
    private partial void Run(Event done);

    private void RunBody(Event done)
    {
        _sockets = new SocketStage("s", new() { PacketSize = scenario.PacketSize, MaxUnsent = 300, Capacity = 20, TimeProvider = new StepClock { PerLook = TimeSpan.FromMilliseconds(0.4) } });
        _sink = Stage.OnLoop<SocketPacket>("sink", Handle, new() { Capacity = scenario.Room, MaxConcurrency = scenario.Room, OrderBy = StageOrder.By((SocketPacket packet) => packet.Connection) });
        IReadOnlyList<SocketPacket> left;
        using (twait())
        {
            foreach (var talk in scenario.Talks)
                Start(talk, mkevent());
            Stop(mkevent(out left));
        }
        twait(e => _sink.Stop(Timeout.InfiniteTimeSpan, e), out IReadOnlyList<SocketPacket> unhandled);
        twait(e => Rig.Settle(e));      // calls that were under way when the sink ended
        foreach (var packet in unhandled.Concat(left))
            Note(packet);
        Assert.Equal((0, 0), (_sockets.Running, _sockets.Length));
        foreach (var side in _sides.Values)
            side.Check(mayLackLast: scenario.Stop.SinkFirst);
        Assert.Equal(_sockets.Traffic.BytesReceived, _sides.Values.Sum(side => side.Received));
        done.Trigger();
    }

    [Tamed]
    private partial void Stop(Event<IReadOnlyList<SocketPacket>> left);

    private void StopBody(Event<IReadOnlyList<SocketPacket>> left)
    {
        var deadline = TimeSpan.FromMilliseconds(scenario.Stop.Deadline);
        twait(e => timer(TimeSpan.FromMilliseconds(scenario.Stop.After), e));
        if (scenario.Stop.SinkFirst)
        {
            twait(e => _sink.Stop(deadline, e), out IReadOnlyList<SocketPacket> _);
            twait(e => timer(TimeSpan.FromMilliseconds(scenario.Stop.Deadline / 2), e));
        }
        _sockets.Stop(deadline, left);
    }

    [Tamed]
    private partial void Start(Talk talk, Event done);

    private void StartBody(Talk talk, Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        var side = _sides[server] = new Side(_sockets, client, server);
        side.IsRead = _sockets.TryRead(server, _sink) == EnqueueOutcome.Accepted;
        if (!side.IsRead)
            server.Dispose();       // the stage has stopped, and does not have it
        using (twait())
        {
            side.ActAsClient(talk.Client, mkevent());
            side.ActAsServer(talk.Server, mkevent());
            side.ReceiveAnswers(mkevent());
        }
        client.Dispose();
        done.Trigger();
    }

    [Tamed]
    private partial void Handle(SocketPacket packet, Event done);

    private void HandleBody(SocketPacket packet, Event done)
    {
        int delay = scenario.Delays[_handled++ % scenario.Delays.Length];
        if (delay != 0)
            twait(e => timer(TimeSpan.FromMilliseconds(delay), e));
        Note(packet);
        done.Trigger();
    }

    private void Note(SocketPacket packet)
    {
        _sides[packet.Connection].Note(packet);
        packet.Dispose();
    }
}

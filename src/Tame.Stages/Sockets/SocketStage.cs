using System.Collections.Concurrent;

namespace Tame.Stages;

/// <summary>
/// Connections as a stage. Other code asks it to listen, read, write and close. Results go to other stages. It has a queue of requests and a queue of ready connections, and serves them in
/// turns of limited time, so that neither starves.
/// </summary>
/// <remarks>
/// <para>The stage belongs to the loop of the thread that creates it, and so do its connections and listeners. Requests may come from any thread. A refusal is an outcome; the stage then does not have
/// what it was offered.</para>
/// <para>A connection of the stage is closed by a request, by its failure, or when the stage stops. Do not receive from it or send to it yourself.</para>
/// <para>Source: the asynchronous sockets of SEDA (Welsh, Culler and Brewer, SOSP 2001).</para>
/// </remarks>
public sealed partial class SocketStage : PacketStage<SocketPacket>
{
    private readonly SocketStageOptions _options;
    private readonly ConcurrentDictionary<Connection, SocketLink> _links = new();
    private readonly Lock _linking = new();

    /// <summary>Creates a stage on the loop of this thread. It starts at once.</summary>
    /// <param name="name">The name.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public SocketStage(string name, SocketStageOptions? options = null)
        : base(name, (options ??= new SocketStageOptions()).Capacity, options.MaxConnections)
    {
        _options = options;
        Buffers = new PacketPool(options.PacketSize);
        Queues = new TwoQueues<SocketSource, SocketRequest>(
            Loop,
            new TurnOptions(options.Capacity, options.MaxConnections, options.TurnTimeout, options.TimeProvider),
            new Turns(this));
        Begin();
    }

    internal TwoQueues<SocketSource, SocketRequest> Queues { get; }

    internal PacketPool Buffers { get; }

    internal int MaxUnsent => _options.MaxUnsent;

    /// <summary>Asks the stage to accept connections. At its limit, or while the sink is full, connections wait in the listener's backlog.</summary>
    /// <param name="listener">The listener. The stage closes it when it stops; to end earlier, close it yourself.</param>
    /// <param name="sink">Gets the connections.</param>
    /// <param name="closed">Triggered when the listener is closed. It fails if the listener fails permanently. If the request is refused, the stage does not touch it.</param>
    /// <returns><see cref="EnqueueOutcome.Accepted"/>, or the reason for the refusal: then you keep the listener.</returns>
    /// <exception cref="ArgumentException">The listener belongs to another loop.</exception>
    public EnqueueOutcome TryListen(Listener listener, Stage<Connection> sink, Event closed)
    {
        ArgumentNullException.ThrowIfNull(listener);
        ArgumentNullException.ThrowIfNull(sink);
        CheckLoop(listener.Loop, nameof(listener));
        if (!Queues.TryReserve())
            return Queues.Refused(EnqueueOutcome.Full);
        var source = new ListenSource(this, listener, sink, closed);
        var outcome = Queues.TryRequest(new SocketRequest(SocketRequestKind.Listen, source, null, default));
        if (outcome != EnqueueOutcome.Accepted)
            Queues.Release();
        return outcome;
    }

    /// <summary>Asks the stage to read a connection until its end. While the sink is full, the stage reads nothing, so the peer's sends wait.</summary>
    /// <param name="connection">The connection: one that the stage has accepted, or any other.</param>
    /// <param name="sink">
    /// Gets packets with bytes in their order, and finally one packet that is <see cref="SocketPacketKind.End"/>, <see cref="SocketPacketKind.Failed"/> or <see cref="SocketPacketKind.Closed"/>. A sink that stops leaves
    /// the connection open for writes; the packet that it did not take is returned when the stage stops.
    /// </param>
    /// <returns><see cref="EnqueueOutcome.Accepted"/>, or the reason for the refusal.</returns>
    /// <exception cref="ArgumentException">The connection belongs to another loop.</exception>
    /// <exception cref="InvalidOperationException">The connection is being read already.</exception>
    public EnqueueOutcome TryRead(Connection connection, Stage<SocketPacket> sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return Request(connection, new SocketRequest(SocketRequestKind.Read, null, sink, default));
    }

    /// <summary>Asks the stage to write to a connection. Writes of one connection are sent in the order in which they were accepted.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="bytes">The bytes. They must not change until the stage completes the event.</param>
    /// <param name="sent">
    /// Triggered when the system has taken all bytes. It fails if the connection fails or was closed before. Use <see cref="Event.Ignored"/> if you need no result; with an empty event a failure is
    /// unhandled. If something else completes it first, the bytes are still sent. If the request is refused, the stage does not touch it.
    /// </param>
    /// <returns><see cref="EnqueueOutcome.Accepted"/>, or <see cref="EnqueueOutcome.Full"/> if the queue is full or this connection has too many unsent bytes.</returns>
    /// <exception cref="ArgumentException">The connection belongs to another loop.</exception>
    public EnqueueOutcome TryWrite(Connection connection, ReadOnlyMemory<byte> bytes, Event sent) =>
        Request(connection, new SocketRequest(SocketRequestKind.Write, null, null, new SocketWrite(bytes, default, sent)));

    /// <summary>Asks the stage to write the bytes of a packet, and to return its buffer afterward.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="packet">The packet. If the request is refused, you keep it.</param>
    /// <param name="sent">The event, as with <see cref="TryWrite(Connection, ReadOnlyMemory{byte}, Event)"/>.</param>
    /// <exception cref="ObjectDisposedException">The packet was returned.</exception>
    /// <inheritdoc cref="TryWrite(Connection, ReadOnlyMemory{byte}, Event)" path="/returns|/exception"/>
    public EnqueueOutcome TryWrite(Connection connection, SocketPacket packet, Event sent) =>
        Request(connection, new SocketRequest(SocketRequestKind.Write, null, null, new SocketWrite(packet.Bytes, packet, sent)));

    /// <summary>Asks the stage to close a connection when everything that was accepted is sent. Later writes fail.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="closed">Triggered when it is closed for any reason. If the request is refused, the stage does not touch it.</param>
    /// <returns><see cref="EnqueueOutcome.Accepted"/>, or the reason for the refusal.</returns>
    /// <exception cref="ArgumentException">The connection belongs to another loop.</exception>
    public EnqueueOutcome TryClose(Connection connection, Event closed) =>
        Request(connection, new SocketRequest(SocketRequestKind.Close, null, null, new SocketWrite(default, default, closed)));

    /// <summary>Asks the stage to close a connection at once, as <see cref="Connection.Abort"/> does. Unsent writes fail.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="closed">Triggered when it is closed. If the request is refused, the stage does not touch it.</param>
    /// <returns><see cref="EnqueueOutcome.Accepted"/>, or the reason for the refusal.</returns>
    /// <exception cref="ArgumentException">The connection belongs to another loop.</exception>
    public EnqueueOutcome TryAbort(Connection connection, Event closed) =>
        Request(connection, new SocketRequest(SocketRequestKind.Abort, null, null, new SocketWrite(default, default, closed)));

    private EnqueueOutcome Request(Connection connection, in SocketRequest request)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (_links.TryGetValue(connection, out var link))
            return Request(link, request);
        CheckLoop(connection.Loop, nameof(connection));
        lock (_linking)
            return _links.TryGetValue(connection, out link) ? Request(link, request) : RequestFirst(connection, request);
    }

    /// <summary>The stage has the connection only if it accepts the request.</summary>
    private EnqueueOutcome RequestFirst(Connection connection, in SocketRequest request)
    {
        if (connection.IsClosed)
            return Request(SocketLink.Dead(this, connection), request);
        if (!Queues.TryReserve())
            return Queues.Refused(EnqueueOutcome.Full);
        var link = new SocketLink(this, connection);
        var outcome = Request(link, request);
        if (outcome == EnqueueOutcome.Accepted)
            _links[connection] = link;
        else
            Queues.Release();
        return outcome;
    }

    private EnqueueOutcome Request(SocketLink link, in SocketRequest request)
    {
        int count = request.Write.Bytes.Length;
        if (request.Kind == SocketRequestKind.Read && !link.TryClaimReading())
            throw new InvalidOperationException($"The connection to {link.Connection.RemoteEndPoint} is already being read. A connection has one sink.");
        if (count != 0 && !link.TryClaim(count))
            return Queues.Refused(EnqueueOutcome.Full);
        var outcome = Queues.TryRequest(request with { Target = link });
        if (outcome == EnqueueOutcome.Accepted)
            return outcome;
        link.Unclaim(count);
        if (request.Kind == SocketRequestKind.Read)
            link.UnclaimReading();
        return outcome;
    }

    private void CheckLoop(EventLoop loop, string parameter)
    {
        if (!ReferenceEquals(loop, Loop))
            throw new ArgumentException($"The stage '{Name}' is on another loop. A stage reads and writes only the connections of its loop: create one on each loop.", parameter);
    }
}

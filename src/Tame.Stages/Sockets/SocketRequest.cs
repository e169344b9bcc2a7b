namespace Tame.Stages;

/// <summary>A request to a <see cref="SocketStage"/>.</summary>
/// <param name="Kind">The action.</param>
/// <param name="Target">A <see cref="SocketLink"/>, or the <see cref="ListenSource"/> of a request to listen.</param>
/// <param name="Sink">The sink of a request to read.</param>
/// <param name="Write">The bytes to send, and the event of the request.</param>
internal readonly record struct SocketRequest(SocketRequestKind Kind, SocketSource? Target, Stage<SocketPacket>? Sink, SocketWrite Write);

internal enum SocketRequestKind
{
    Listen,
    Read,
    Write,
    Close,
    Abort,
}

/// <summary>Bytes to send. A packet is returned with them.</summary>
internal readonly record struct SocketWrite(ReadOnlyMemory<byte> Bytes, SocketPacket Packet, Event Done)
{
    /// <summary>When it was offered, and when its turn came.</summary>
    public RequestTimes Times { get; init; }

    public void Complete()
    {
        Done.Trigger();
        Packet.Dispose();
    }

    public void Fail(Exception error)
    {
        Unhandled.Fail(Done, error);
        Packet.Dispose();
    }
}

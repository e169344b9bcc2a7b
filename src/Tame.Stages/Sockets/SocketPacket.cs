namespace Tame.Stages;

/// <summary>The kind of a <see cref="SocketPacket"/>.</summary>
public enum SocketPacketKind
{
    /// <summary>Bytes have come.</summary>
    Data,

    /// <summary>The peer sends no more. The connection can still be written to, and must be closed. The last item of the connection.</summary>
    End,

    /// <summary>The connection has failed and is closed. The last item of the connection.</summary>
    Failed,

    /// <summary>The connection was closed on this side, by a request or by a stop. The last item of the connection.</summary>
    Closed,
}

/// <summary>Bytes that a <see cref="SocketStage"/> has read from a connection, or the reason why no more come.</summary>
/// <remarks>
/// The bytes are in a pooled buffer. The handler of the packet returns it with <see cref="Dispose"/>, or with <see cref="SocketStage.TryWrite(Connection, SocketPacket, Event)"/>. Disposing one copy of a packet
/// is enough. A buffer that is never returned is left to the garbage collector. Thread-safe.
/// </remarks>
public readonly struct SocketPacket : IDisposable
{
    private readonly PacketBuffer? _buffer;
    private readonly int _version;
    private readonly int _count;

    internal SocketPacket(Connection connection, PacketBuffer buffer, int count)
    {
        (Connection, _buffer, _version, _count) = (connection, buffer, buffer.Version, count);
    }

    internal SocketPacket(Connection connection, SocketPacketKind kind, Exception? error) =>
        (Connection, Kind, Error) = (connection, kind, error);

    /// <summary>The connection.</summary>
    public Connection Connection { get; }

    /// <summary>The kind of the packet.</summary>
    public SocketPacketKind Kind { get; }

    /// <summary>The failure of the connection, if the kind is <see cref="SocketPacketKind.Failed"/>; otherwise null.</summary>
    public Exception? Error { get; }

    /// <summary>The bytes: at least one with <see cref="SocketPacketKind.Data"/>, none otherwise.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was returned.</exception>
    public ReadOnlyMemory<byte> Bytes
    {
        get
        {
            if (_buffer is not { } buffer)
                return default;
            ObjectDisposedException.ThrowIf(buffer.Version != _version, typeof(SocketPacket));
            return buffer.Bytes.AsMemory(0, _count);
        }
    }

    /// <summary>Returns the buffer. Its bytes must not be used afterward. A second call does nothing.</summary>
    public void Dispose() => _buffer?.Return(_version);
}

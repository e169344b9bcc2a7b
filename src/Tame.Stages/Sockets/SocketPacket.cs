namespace Tame.Stages;

/// <summary>What a <see cref="SocketPacket"/> tells.</summary>
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

/// <summary>Bytes that a <see cref="SocketStage"/> has read from a connection, or why no more come.</summary>
/// <remarks>
/// The bytes are in a pooled buffer. Who handles the packet gives it back by <see cref="Dispose"/>, or by <see cref="SocketStage.TryWrite(Connection, SocketPacket, Event)"/>. Of copies of a packet
/// one is enough. A buffer that is never given back is left to the garbage collector. Any thread.
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

    /// <summary>What the packet tells.</summary>
    public SocketPacketKind Kind { get; }

    /// <summary>What is wrong with the connection, if the kind is <see cref="SocketPacketKind.Failed"/>; else null.</summary>
    public Exception? Error { get; }

    /// <summary>The bytes: at least one with <see cref="SocketPacketKind.Data"/>, none otherwise.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was given back.</exception>
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

    /// <summary>Gives the buffer back. Its bytes must not be used afterward. A second call does nothing.</summary>
    public void Dispose() => _buffer?.Return(_version);
}

namespace Tame.Stages;

/// <summary>The bytes that a <see cref="FileStage"/> has read, or the reason why it could not.</summary>
/// <remarks>
/// The bytes are in a pooled buffer. The handler of the packet returns it with <see cref="Dispose"/>. Disposing one copy of a packet is enough. A buffer that is never returned is left to the garbage
/// collector. Thread-safe.
/// </remarks>
public readonly struct FilePacket : IDisposable
{
    private readonly PacketBuffer? _buffer;
    private readonly int _version;
    private readonly int _count;

    internal FilePacket(in FileRequest request, PacketBuffer buffer, int count)
        : this(request, (Exception?)null) => (_buffer, _version, _count) = (buffer, buffer.Version, count);

    internal FilePacket(in FileRequest request, Exception? error) =>
        (Path, Offset, State, Error) = (request.File?.Path ?? request.Path!, request.Offset, request.State, error);

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>The position of the bytes, from the start of the file.</summary>
    public long Offset { get; }

    /// <summary>The state that came with the request.</summary>
    public object? State { get; }

    /// <summary>Why the file could not be read, or null.</summary>
    public Exception? Error { get; }

    /// <summary>The bytes: fewer than requested only at the end of the file, none after it or with an <see cref="Error"/>.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was returned.</exception>
    public ReadOnlyMemory<byte> Bytes
    {
        get
        {
            if (_buffer is not { } buffer)
                return default;
            ObjectDisposedException.ThrowIf(buffer.Version != _version, typeof(FilePacket));
            return buffer.Bytes.AsMemory(0, _count);
        }
    }

    /// <summary>Returns the buffer. Its bytes must not be used afterward. A second call does nothing.</summary>
    public void Dispose() => _buffer?.Return(_version);
}

namespace Tame.Stages;

/// <summary>What a <see cref="FileStage"/> has read, or why it could not.</summary>
/// <remarks>
/// The bytes are in a pooled buffer. Who handles the packet gives it back by <see cref="Dispose"/>. Of copies of a packet one is enough. A buffer that is never given back is left to the garbage
/// collector. Any thread.
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

    /// <summary>Where the bytes are, from the start of the file.</summary>
    public long Offset { get; }

    /// <summary>What came with the request.</summary>
    public object? State { get; }

    /// <summary>Why the file could not be read, or null.</summary>
    public Exception? Error { get; }

    /// <summary>The bytes: fewer than asked for only at the end of the file, none behind it or with an <see cref="Error"/>.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was given back.</exception>
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

    /// <summary>Gives the buffer back. Its bytes must not be used afterward. A second call does nothing.</summary>
    public void Dispose() => _buffer?.Return(_version);
}

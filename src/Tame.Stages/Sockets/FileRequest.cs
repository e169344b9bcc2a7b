namespace Tame.Stages;

/// <summary>A request to a <see cref="FileStage"/>: to read, for a sink or an event, or to write.</summary>
internal readonly record struct FileRequest
{
    /// <summary>The file: its path, or an open file.</summary>
    public string? Path { get; init; }

    public RandomAccessFile? File { get; init; }

    public long Offset { get; init; }

    /// <summary>The number of bytes to read.</summary>
    public int Length { get; init; }

    /// <summary>The bytes to write; null for a request to read.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; init; }

    public object? State { get; init; }

    public Stage<FilePacket>? Sink { get; init; }

    public Event<FilePacket> Read { get; init; }

    public Event Written { get; init; }

    /// <summary>Completes the event of a request that has no sink.</summary>
    public void Fail(Exception error) => Unhandled.Fail(Bytes is null ? Read.Unblocker : Written, error);
}

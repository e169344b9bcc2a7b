namespace Tame.Stages;

/// <summary>
/// Files as a stage. Other code asks it to read and write. Results go to a sink or an event. It has a queue of requests and a queue of completed requests, and serves them in turns of limited
/// time, so that neither starves. The loop never waits for a disk.
/// </summary>
/// <remarks>
/// <para>The stage belongs to the loop of the thread that creates it, and so do the open files in its requests. Requests may come from any thread. A refusal is an outcome; the stage then does not have
/// what it was offered. Requests in progress finish in any order.</para>
/// <para>Source: the asynchronous disk of SEDA (Welsh, Culler and Brewer, SOSP 2001).</para>
/// </remarks>
public sealed partial class FileStage : PacketStage<FilePacket>
{
    private readonly FileStageOptions _options;

    /// <summary>Creates a stage on the loop of this thread. It starts at once.</summary>
    /// <param name="name">The name.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop, or the loop has no network and the options name no files.</exception>
    public FileStage(string name, FileStageOptions? options = null)
        : base(name, (options ??= new FileStageOptions()).Capacity, options.MaxConcurrency)
    {
        _options = options;
        Files = options.Files ?? Loop.Network.Files;
        Buffers = new PacketPool(options.MaxRead);
        Queues = new TwoQueues<FileCall, FileRequest>(
            Loop,
            new TurnOptions(options.Capacity, options.MaxConcurrency, options.TurnTimeout, options.TimeProvider),
            new Turns(this));
        Begin();
    }

    internal TwoQueues<FileCall, FileRequest> Queues { get; }

    internal PacketPool Buffers { get; }

    internal FileSystem Files { get; }

    /// <summary>Asks the stage to read a part of a file, for a sink.</summary>
    /// <param name="path">The path. The stage opens the file for the request.</param>
    /// <param name="offset">Where the part begins, in bytes from the start of the file.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="sink">Gets a packet with the bytes, or with the error. While the sink is full, the request stays in progress.</param>
    /// <param name="state">Returned in the packet; null for none.</param>
    /// <returns><see cref="EnqueueOutcome.Accepted"/>, or the reason for the refusal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The offset or the length is negative, or the length is above <see cref="FileStageOptions.MaxRead"/>.</exception>
    public EnqueueOutcome TryRead(string path, long offset, int length, Stage<FilePacket> sink, object? state)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(sink);
        return Read(new FileRequest { Path = path, Sink = sink, State = state }, offset, length);
    }

    /// <param name="file">The file, open for reading. It must stay open until the request is done.</param>
    /// <param name="offset">Where the part begins, in bytes from the start of the file.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="sink">Gets a packet with the bytes, or with the error. While the sink is full, the request stays in progress.</param>
    /// <param name="state">Returned in the packet; null for none.</param>
    /// <exception cref="ArgumentException">The file belongs to another loop.</exception>
    /// <inheritdoc cref="TryRead(string, long, int, Stage{FilePacket}, object?)" path="/summary|/returns|/exception"/>
    public EnqueueOutcome TryRead(RandomAccessFile file, long offset, int length, Stage<FilePacket> sink, object? state)
    {
        CheckLoop(file);
        ArgumentNullException.ThrowIfNull(sink);
        return Read(new FileRequest { File = file, Sink = sink, State = state }, offset, length);
    }

    /// <summary>Asks the stage to read a part of a file, for an event.</summary>
    /// <param name="path">The path. The stage opens the file for the request.</param>
    /// <param name="offset">Where the part begins, in bytes from the start of the file.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="read">Gets the packet; fails if the file cannot be read. If the request is refused, the stage does not touch it.</param>
    /// <inheritdoc cref="TryRead(string, long, int, Stage{FilePacket}, object?)" path="/returns|/exception"/>
    public EnqueueOutcome TryRead(string path, long offset, int length, Event<FilePacket> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Read(new FileRequest { Path = path, Read = read }, offset, length);
    }

    /// <param name="file">The file, open for reading. It must stay open until the event completes.</param>
    /// <param name="offset">Where the part begins, in bytes from the start of the file.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="read">Gets the packet; fails if the file cannot be read. If the request is refused, the stage does not touch it.</param>
    /// <exception cref="ArgumentException">The file belongs to another loop.</exception>
    /// <inheritdoc cref="TryRead(string, long, int, Event{FilePacket})" path="/summary|/returns|/exception"/>
    public EnqueueOutcome TryRead(RandomAccessFile file, long offset, int length, Event<FilePacket> read)
    {
        CheckLoop(file);
        return Read(new FileRequest { File = file, Read = read }, offset, length);
    }

    /// <summary>Asks the stage to write to a file. The file grows if necessary.</summary>
    /// <param name="path">The path. The stage opens the file for the request, and creates it if it does not exist.</param>
    /// <param name="offset">The position of the bytes, from the start of the file.</param>
    /// <param name="bytes">The bytes. They must not change until the stage completes the event.</param>
    /// <param name="written">
    /// Triggered when the system has the bytes. Use <see cref="Event.Ignored"/> if you need no result; with an empty event a failure is unhandled. If something else completes it first, the bytes are
    /// still written. If the request is refused, the stage does not touch it.
    /// </param>
    /// <returns><see cref="EnqueueOutcome.Accepted"/>, or the reason for the refusal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative.</exception>
    public EnqueueOutcome TryWrite(string path, long offset, ReadOnlyMemory<byte> bytes, Event written)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return Queues.TryRequest(new FileRequest { Path = path, Offset = offset, Bytes = bytes, Written = written });
    }

    /// <param name="file">The file, open for writing. It must stay open until the event completes.</param>
    /// <param name="offset">The position of the bytes, from the start of the file.</param>
    /// <param name="bytes">The bytes. They must not change until the stage completes the event.</param>
    /// <param name="written">The event, as with <see cref="TryWrite(string, long, ReadOnlyMemory{byte}, Event)"/>.</param>
    /// <exception cref="ArgumentException">The file belongs to another loop.</exception>
    /// <inheritdoc cref="TryWrite(string, long, ReadOnlyMemory{byte}, Event)" path="/summary|/returns|/exception"/>
    public EnqueueOutcome TryWrite(RandomAccessFile file, long offset, ReadOnlyMemory<byte> bytes, Event written)
    {
        CheckLoop(file);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return Queues.TryRequest(new FileRequest { File = file, Offset = offset, Bytes = bytes, Written = written });
    }

    private EnqueueOutcome Read(in FileRequest request, long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _options.MaxRead);
        return Queues.TryRequest(request with { Offset = offset, Length = length });
    }

    private void CheckLoop(RandomAccessFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!ReferenceEquals(file.Loop, Loop))
            throw new ArgumentException($"The stage '{Name}' is on another loop. A stage reads and writes only the open files of its loop: create one on each loop.", nameof(file));
    }
}

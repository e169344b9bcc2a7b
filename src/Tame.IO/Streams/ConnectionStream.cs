namespace Tame.IO;

/// <summary>A connection as a stream. It uses the connection's own operations, so it allocates nothing.</summary>
internal class ConnectionStream(Connection connection, bool leaveOpen) : Stream
{
    private StreamReceive? _receive;
    private StreamSend? _send;
    private bool _isClosed;

    /// <summary>A read has reached the end of the stream.</summary>
    public bool HasEnded => _receive is { HasEnded: true };

    public override bool CanRead => !_isClosed;

    public override bool CanWrite => !_isClosed;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException("A connection has no length.");

    public override long Position
    {
        get => throw new NotSupportedException("A connection has no position.");
        set => throw new NotSupportedException("A connection has no position.");
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        return (_receive ??= new StreamReceive(connection)).Start(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        return (_send ??= new StreamSend(connection)).Start(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw Synchronous("read", nameof(ReadAsync));

    public override int Read(Span<byte> buffer) => throw Synchronous("read", nameof(ReadAsync));

    public override void Write(byte[] buffer, int offset, int count) => throw Synchronous("write", nameof(WriteAsync));

    public override void Write(ReadOnlySpan<byte> buffer) => throw Synchronous("write", nameof(WriteAsync));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A connection has no position.");

    public override void SetLength(long value) => throw new NotSupportedException("A connection has no length.");

    public override IAsyncResult BeginRead(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state) =>
        TaskToAsyncResult.Begin(ReadAsync(buffer, offset, count, CancellationToken.None), callback, state);

    public override int EndRead(IAsyncResult asyncResult) => TaskToAsyncResult.End<int>(asyncResult);

    public override IAsyncResult BeginWrite(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state) =>
        TaskToAsyncResult.Begin(WriteAsync(buffer, offset, count, CancellationToken.None), callback, state);

    public override void EndWrite(IAsyncResult asyncResult) => TaskToAsyncResult.End(asyncResult);

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isClosed)
        {
            _isClosed = true;
            if (!leaveOpen)
                connection.Dispose();
        }
        base.Dispose(disposing);
    }

    private static NotSupportedException Synchronous(string verb, string method) => new(
        $"To {verb} synchronously would block the loop's thread. Await {method} instead.");
}

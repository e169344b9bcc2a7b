using System.IO.Pipelines;
using System.Threading.Tasks.Sources;
using Tame.IO;

namespace Tame.AspNetCore;

/// <summary>
/// The bytes that a connection sends. It has no pipe. A flush sends directly to the socket, on the thread that flushes. Only bytes that the socket does not take wait for the loop.
/// </summary>
/// <remarks>A flush completes while less than the limit is unsent, as with <see cref="Pipe"/>.</remarks>
internal sealed partial class SocketOutput : PipeWriter, IValueTaskSource<FlushResult>
{
    private static readonly Action<object?, CancellationToken> s_cancel = static (side, token) => ((SocketOutput)side!).Cancel(token);

    private readonly Lock _gate = new();
    private readonly SocketConnection _connection;
    private Waiting _wait = new() { IsSignalled = true };
    private Segment? _head;
    private Segment? _tail;
    private Segment? _spare;

    /// <summary>Where the written, flushed and sent parts begin, counted from the first byte of the connection.</summary>
    private long _written;
    private long _flushed;
    private long _sent;
    private bool _isWriting;
    private bool _isCompleted;

    public SocketOutput(SocketConnection connection)
    {
        _connection = connection;
        _writable = new Readiness(connection.Loop, connection.Socket, FdEvents.Write, GoOn);
    }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _written - _flushed;

    public override Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint).Free;

    public override Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint).Free.Span;

    public override void Advance(int bytes)
    {
        lock (_gate)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(bytes);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, _tail?.FreeCount ?? 0);
            if (_tail is null || _isCompleted)
                return;
            _tail.Advance(bytes);
            _written += bytes;
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<FlushResult>(cancellationToken);
        ValueTask<FlushResult> flush;
        Outcome outcome;
        lock (_gate)
        {
            Commit();
            outcome = Send();
            _wait.Begin(s_cancel, this, cancellationToken);
            flush = _wait.IsComplete ? new ValueTask<FlushResult>(Result()) : new ValueTask<FlushResult>(this, 0);
        }
        After(outcome);
        return flush;
    }

    public override void CancelPendingFlush()
    {
        Resumption resumption;
        lock (_gate)
            resumption = _wait.Cancel();
        resumption.Post(_connection.Loop);
    }

    public override void Complete(Exception? exception = null)
    {
        Outcome outcome;
        lock (_gate)
        {
            if (_isCompleted)
                return;
            Commit();
            _isCompleted = true;
            outcome = exception is null ? Send() : new Outcome(exception, IsOver: true, IsBlocked: false);
        }
        After(outcome);
    }

    public ValueTaskSourceStatus GetStatus(short token) => _wait.IsComplete ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.ContinueWith(_gate, _connection.Loop, continuation, state, flags);

    public FlushResult GetResult(short token)
    {
        CancellationTokenRegistration registration = default;
        CancellationToken cancellation = default;
        FlushResult result;
        try
        {
            lock (_gate)
            {
                if (!_wait.IsComplete)
                    throw PipeErrors.NotCompleted();
                registration = _wait.End(out cancellation);
                result = Result();
            }
        }
        finally
        {
            registration.Dispose();
        }
        if (result.IsCanceled)
            cancellation.ThrowIfCancellationRequested();
        return result;
    }

    private void Cancel(CancellationToken token)
    {
        Resumption resumption;
        lock (_gate)
            resumption = _wait.Cancel(token);
        resumption.Post(_connection.Loop);
    }

    private FlushResult Result() => new(_wait.ObserveCancellation(), _isClosed);

    private Segment Room(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        if (_isWriting && _tail is { } last && last.FreeCount >= Math.Max(1, sizeHint))
            return last;    // the application writes to it, so it stays
        lock (_gate)
        {
            if (_isCompleted)
                throw PipeErrors.WritingEnded();
            _isWriting = true;
            if (_tail is { } tail && tail.FreeCount >= Math.Max(1, sizeHint))
                return tail;
            var segment = Segment.Rent(ref _spare, _connection.MemoryPool, _written, sizeHint, isLarge: _tail is { Count: > 0 });
            if (_tail is null)
                _head = segment;
            else
                _tail.Append(segment);
            return _tail = segment;
        }
    }

    /// <summary>Marks written bytes for sending. Flushes wait while more than the limit is unsent.</summary>
    private void Commit()
    {
        _isWriting = false;
        _flushed = _written;
    }
}

using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;
using Tame.IO;

namespace Tame.AspNetCore;

/// <summary>
/// The bytes that a connection receives. It has no pipe. It receives directly from the socket: on the loop's thread when the socket is readable, or on the reading thread while much data arrives.
/// </summary>
/// <remarks>
/// While nothing reads, it receives ahead up to its limit. This also detects that the peer has left. <see cref="AdvanceTo(SequencePosition, SequencePosition)"/> and the results are those of
/// <see cref="Pipe"/>, with which the tests compare it.
/// </remarks>
internal sealed partial class SocketInput : PipeReader, IValueTaskSource<ReadResult>
{
    private static readonly Action<object?, CancellationToken> s_cancel = static (side, token) => ((SocketInput)side!).Cancel(token);

    private readonly Lock _gate = new();
    private readonly SocketConnection _connection;
    private Waiting _wait;
    private Segment? _head;
    private Segment? _tail;
    private Segment? _spare;
    private long _consumed;
    private long _examined;
    private long _received;
    private Exception? _error;
    private bool _hasEnded;
    private bool _isReading;
    private bool _isReadingTentatively;
    private bool _isCompleted;

    public SocketInput(SocketConnection connection)
    {
        _connection = connection;
        _readable = new Readiness(connection.Loop, connection.Socket, FdEvents.Read, GoOn) { IsLasting = true };
    }

    /// <summary>The number of bytes that were received. Thread-safe.</summary>
    internal long Received => Volatile.Read(ref _received);

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            CheckOpen();
            if (cancellationToken.IsCancellationRequested)
                return ValueTask.FromCanceled<ReadResult>(cancellationToken);
            if (!_wait.IsComplete && MayTry)
                _ = Receive();
            _wait.Begin(s_cancel, this, cancellationToken);
            return _wait.IsComplete ? new ValueTask<ReadResult>(Result()) : new ValueTask<ReadResult>(this, 0);
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        lock (_gate)
        {
            CheckOpen();
            if (_examined < _received || _wait.IsComplete)
            {
                result = Result();
                return true;
            }
            if (_wait.HasContinuation)
                throw PipeErrors.AlreadyReading();
            _isReadingTentatively = true;
            result = default;
            return false;
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        CheckOpen();
        bool resumes;
        lock (_gate)
        {
            Advance((Segment?)consumed.GetObject(), consumed.GetInteger(), (Segment?)examined.GetObject(), examined.GetInteger());
            if (!_isReading && !_isReadingTentatively)
                throw PipeErrors.NoRead();
            _isReading = _isReadingTentatively = false;
            resumes = MayResume();
        }
        if (resumes)
            _connection.RunOnLoop(_connection.WatchInput);
    }

    public override void CancelPendingRead()
    {
        Resumption resumption;
        lock (_gate)
            resumption = _wait.Cancel();
        resumption.Post(_connection.Loop);
    }

    public override void Complete(Exception? exception = null)
    {
        lock (_gate)
        {
            if (_isCompleted)
                return;
            _isCompleted = true;
            _isReading = _isReadingTentatively = false;
            ReturnAll();
            if (_isPaused)
                _examined = _received;
        }
        _connection.RunOnLoop(_connection.WatchInput);
    }

    public ValueTaskSourceStatus GetStatus(short token) => _wait.IsComplete ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.ContinueWith(_gate, _connection.Loop, continuation, state, flags);

    public ReadResult GetResult(short token)
    {
        CancellationTokenRegistration registration = default;
        CancellationToken cancellation = default;
        ReadResult result;
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

    private void CheckOpen()
    {
        if (_isCompleted)
            throw PipeErrors.ReadingEnded();
    }

    private ReadResult Result()
    {
        if (_error is { } error)
            ExceptionDispatchInfo.Throw(error);
        bool isCancelled = _wait.ObserveCancellation();
        if (_isReading)
            throw PipeErrors.AlreadyReading();
        if (isCancelled)
            _isReadingTentatively = true;
        else
            _isReading = true;
        var buffer = _head is null ? default : new ReadOnlySequence<byte>(_head, (int)(_consumed - _head.RunningIndex), _tail!, _tail!.Count);
        return new ReadResult(buffer, isCancelled, _hasEnded);
    }

    private void Advance(Segment? consumed, int consumedIndex, Segment? examined, int examinedIndex)
    {
        bool hasAll = ReferenceEquals(examined, _tail) && examinedIndex == (_tail?.Count ?? 0);
        long examinedTo = examined is null ? _examined : examined.RunningIndex + examinedIndex;
        long consumedTo = consumed is null ? _consumed : consumed.RunningIndex + consumedIndex;
        if (consumed is not null && examined is not null && examinedTo < consumedTo)
            throw PipeErrors.ExaminedLessThanConsumed();
        if (examinedTo > _received)
            throw PipeErrors.ExaminedMoreThanRead();
        if (consumed is not null && (_head is null || consumedTo < _consumed))
            throw PipeErrors.NotInBuffer();
        _examined = examinedTo;
        _consumed = consumedTo;
        while (_head is { } head && head.End <= consumedTo)
        {
            _head = head.Following;
            head.Return(ref _spare);
        }
        if (_head is null)
            _tail = null;
        if (hasAll && !_hasEnded && _error is null)
            _wait.IsSignalled = false;
    }

    private void ReturnAll()
    {
        while (_head is { } head)
        {
            _head = head.Following;
            head.Return(ref _spare);
        }
        _tail = null;
        _consumed = _received;
    }
}

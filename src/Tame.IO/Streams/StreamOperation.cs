using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Tame.IO;

/// <summary>An operation of a connection that completes a ValueTask instead of an event. Continuations run from the loop's ready queue, on its thread.</summary>
internal abstract class StreamOperation : Operation, IValueTaskSource<int>, IValueTaskSource
{
    private readonly Completion _completion;
    private readonly LoopEnding _end;
    private ManualResetValueTaskSourceCore<int> _core;
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _token;
    private int _count;
    private Exception? _error;
    private bool _isPending;

    protected StreamOperation(Connection connection)
    {
        Connection = connection;
        _completion = new Completion(this);
        _end = new LoopEnding(this);
    }

    protected Connection Connection { get; }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);

    public int GetResult(short token) => _core.GetResult(token);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    /// <summary>Checks whether the operation can start. Returns the exception with which it fails, or null.</summary>
    protected Exception? Enter(CancellationToken token)
    {
        Connection.Enter();
        if (_isPending)
            throw NetworkErrors.UnderWay(Name, "connection");
        return token.IsCancellationRequested ? new OperationCanceledException(token) : Connection.IsClosed ? NetworkErrors.Closed(Connection, "connection") : null;
    }

    protected abstract string Name { get; }

    /// <summary>Waits. Returns the version of the ValueTask.</summary>
    protected short Wait(CancellationToken token)
    {
        _core.Reset();
        _isPending = true;
        short version = _core.Version;
        _token = token;
        _end.Listen();
        Begin(default);
        if (token.CanBeCanceled && IsUnderWay)
            _cancellation = token.UnsafeRegister(static (state, _) => ((StreamOperation)state!).OnCancelled(), this);
        return version;
    }

    /// <summary>The operation in progress is over.</summary>
    protected void Complete(int count, SocketError error, string what)
    {
        End();
        Finish(count, error == SocketError.Success ? null : Connection.Failed(what, error));
    }

    protected override void EndWith(Exception error)
    {
        End();
        Finish(0, error);
    }

    private void Finish(int count, Exception? error)
    {
        _end.Stop();
        (_count, _error) = (count, error);
        Connection.Loop.AddReady(_completion);
    }

    private void OnCancelled()
    {
        var loop = Connection.Loop;
        if (LoopThread.HasEntered(loop))
            Cancel(_core.Version);
        else
            loop.TryPost(new Cancellation(this, _core.Version));
    }

    private void Cancel(short version)
    {
        if (_isPending && IsUnderWay && version == _core.Version)
            Cancel();
    }

    private void Cancel() => Abandon(new OperationCanceledException(_token));

    private void SetResult()
    {
        _cancellation.Unregister();
        (_cancellation, _token) = (default, default);
        _isPending = false;
        var error = _error;
        _error = null;
        using (new NoContext())
        {
            if (error is null)
                _core.SetResult(_count);
            else
                _core.SetException(error);
        }
    }

    /// <summary>Completes the ValueTask.</summary>
    private sealed class Completion(StreamOperation operation) : Message
    {
        internal override void Run(EventLoop loop) => operation.SetResult();

        internal override void Drop(EventLoop loop) => operation.SetResult();
    }

    /// <summary>Completes the task when the loop ends; nothing else does.</summary>
    private sealed class LoopEnding(StreamOperation operation) : EndListener(operation.Connection.Loop)
    {
        protected override void LoopEnds() => operation.Fail(Errors.LoopEndedOperation());
    }

    /// <summary>A token was cancelled on another thread.</summary>
    private sealed class Cancellation(StreamOperation operation, short version) : Message
    {
        internal override void Run(EventLoop loop) => operation.Cancel(version);

        internal override void Drop(EventLoop loop)
        {
        }
    }
}

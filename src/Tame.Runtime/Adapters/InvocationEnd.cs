using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Tame;

/// <summary>
/// Completes the task of a call, or its value task. This object is the source of the value task, and returns to its pool when the result is read.
/// </summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal abstract class Invocation<T> : Invocation, IValueTaskSource<T>, IValueTaskSource
{
    /// <summary>Code that waits continues asynchronously, never inside Trigger.</summary>
    private ManualResetValueTaskSourceCore<T> _core = new() { RunContinuationsAsynchronously = true };

    /// <summary>Null if the call has a value task.</summary>
    private TaskCompletionSource<T>? _task;
    private bool _mayReuse;
    private T _value = default!;

    /// <summary>The location of the event's value.</summary>
    protected ref T Value => ref _value;

    /// <summary>Starts the call. If the loop has ended, the returned task has failed.</summary>
    public Task<T> StartTask()
    {
        var end = _task = new TaskCompletionSource<T>(TaskState, TaskCreationOptions.RunContinuationsAsynchronously);
        return Post() ? end.Task : Task.FromException<T>(Errors.EndedLoop());
    }

    /// <summary>Starts the call. False if the loop has ended.</summary>
    /// <param name="version">The token that the value task needs in addition to this object.</param>
    public bool TryStart(out short version)
    {
        version = _core.Version;
        return Post();
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <summary>Returns the result. It works once, because it changes the version, so that the token of a second call is wrong.</summary>
    public T GetResult(short token)
    {
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
            return _core.GetResult(token);      // it throws
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            if (_mayReuse)
                GiveBack();
        }
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    /// <summary>Returns this object to its pool.</summary>
    protected abstract void Reuse();

    protected sealed override void Succeed(bool mayReuse)
    {
        var value = _value;
        if (_task is not { } task)
        {
            _mayReuse = mayReuse;
            _core.SetResult(value);
            return;
        }
        if (mayReuse)
            GiveBack();
        task.TrySetResult(value);
    }

    protected sealed override void Fail(Exception error)
    {
        if (_task is not { } task)
            _core.SetException(error);
        else if (error is OperationCanceledException)
            task.TrySetFromTask(Ended(error));
        else
            task.TrySetException(error);
    }

    protected sealed override void SetCanceled(CancellationToken cause)
    {
        if (_task is { } task)
            task.TrySetCanceled(cause);
        else
            _core.SetException(new TaskCanceledException(null, null, cause));
    }

    /// <summary>
    /// A task that has ended like an async method that threw this exception. An OperationCanceledException cancels the task, which then holds the exception.
    /// </summary>
    private static Task<T> Ended(Exception error)
    {
        var method = AsyncTaskMethodBuilder<T>.Create();
        method.SetException(error);
        return method.Task;
    }

    private void GiveBack()
    {
        Clear();
        _task = null;
        _mayReuse = false;
        _value = default!;
        Reuse();
    }
}

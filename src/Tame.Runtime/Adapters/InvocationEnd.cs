using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Tame;

/// <summary>The end of a call: that of a task, or of a value task behind which this object is, which goes back when its result is taken.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal abstract class Invocation<T> : Invocation, IValueTaskSource<T>, IValueTaskSource
{
    /// <summary>What waits goes on asynchronously, never inside Trigger.</summary>
    private ManualResetValueTaskSourceCore<T> _core = new() { RunContinuationsAsynchronously = true };

    /// <summary>Null where the end is that of a value task.</summary>
    private TaskCompletionSource<T>? _task;
    private bool _mayReuse;
    private T _value = default!;

    /// <summary>The place of the event's value.</summary>
    protected ref T Value => ref _value;

    /// <summary>Starts the call. Its task has failed when the loop has ended.</summary>
    public Task<T> StartTask()
    {
        var end = _task = new TaskCompletionSource<T>(TaskState, TaskCreationOptions.RunContinuationsAsynchronously);
        return Post() ? end.Task : Task.FromException<T>(Errors.EndedLoop());
    }

    /// <summary>Starts the call. False when the loop has ended.</summary>
    /// <param name="version">What the value task needs beside this object.</param>
    public bool TryStart(out short version)
    {
        version = _core.Version;
        return Post();
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <summary>Takes the result, once: the version of who asks a second time is no longer right.</summary>
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

    /// <summary>Puts this where the next call finds it.</summary>
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

    /// <summary>A task that ended as an async method ends with that exception: cancelled by an OperationCanceledException, which it keeps.</summary>
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

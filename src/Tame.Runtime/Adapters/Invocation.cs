using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>A call that <c>EventLoop.InvokeAsync</c> starts: its event, and how the event's end becomes the end of a task.</summary>
internal abstract class Invocation(EventLoop loop, CancellationToken token) : Source
{
    /// <summary>The state of the call's task, by which code that waits for the task finds the call.</summary>
    protected readonly InvokedTask TaskState = new(loop);

    private ExecutionContext? _context = ExecutionContext.Capture();
    private CancellationTokenRegistration _registration;
    private bool _isOver;

    private Links<Invocation> _links;

    /// <summary>A probe for lost events has seen this call.</summary>
    internal bool IsProbed;

    private bool _isListed;

    /// <summary>Queues the start. False when the loop has ended.</summary>
    public bool Post()
    {
        _registration = token.UnsafeRegister(static invocation => ((Invocation)invocation!).SendCancel(), this);
        if (loop.TryStart(new StartMessage(this)))
            return true;
        _registration.Unregister();
        return false;
    }

    internal sealed override void Run(EventLoop loop)
    {
        if (_isOver)
            return;
        if (token.IsCancellationRequested)
        {
            Cancel(token);
            return;
        }
        loop.Calls.Add(this);
        _isListed = true;
        TaskState.Begin();
        if (_context is { } context && !ReferenceEquals(context, loop.Home.Execution))
            ExecutionContext.Restore(context);
        _context = null;
        try
        {
            Call();
        }
        catch (Exception error)
        {
            Escape(error);
        }
        loop.Home.Return();
    }

    /// <summary>An asynchronous function is the call, and counts as work outside of the loop: to wait for the call is to wait for that.</summary>
    internal void FollowFunction() => TaskState.StopCounting();

    internal sealed override void Drop(EventLoop loop)
    {
        if (!_isOver)
            Cancel(default);
    }

    internal sealed override void Complete(Lifeline lifeline, ref Cell cell, Exception? error)
    {
        lifeline.Release();
        End(error);
    }

    internal sealed override LostEventException Lose(long last)
    {
        var loss = LostEvents.OfInvocation();
        End(loss);
        return loss;
    }

    /// <summary>Cancels the event, which is pending or not yet made, and the task with the given token.</summary>
    internal void Cancel(CancellationToken cause)
    {
        var hooks = First.IsPending ? First.Close(loop) : null;
        End();
        TrySetCanceled(cause);
        if (hooks is null)
            return;
        Hook.CallAll(hooks, loop);
        loop.DrainChain();
    }

    /// <summary>Makes the event and calls what was given. No frame below may keep the event.</summary>
    protected abstract void Call();

    protected abstract void Succeed();

    protected abstract void Fail(Exception error);

    protected abstract void TrySetCanceled(CancellationToken cause);

    protected Lifeline Open(object? target = null, nint offset = 0) => OpenFirst(loop, target, offset);

    /// <summary>A task that ended as an async method ends with that exception: cancelled by an OperationCanceledException, which it keeps.</summary>
    protected static Task Ended(Exception error)
    {
        var method = AsyncTaskMethodBuilder.Create();
        method.SetException(error);
        return method.Task;
    }

    private void Escape(Exception error)
    {
        if (!First.IsPending)
        {
            loop.OnEscaped(error);
            return;
        }
        var hooks = First.Close(loop);
        End();
        FailVisibly(FailureGroup.Leaving(error));
        if (hooks is null)
            return;
        Hook.CallAll(hooks, loop);
        loop.DrainChain();
    }

    private void End(Exception? error)
    {
        var hooks = First.Close(loop);
        End();
        if (error is null)
            Succeed();
        else
            FailVisibly(error);
        if (hooks is not null)
            Hook.CallAll(hooks, loop);
    }

    private void FailVisibly(Exception error)
    {
        var failure = FailureGroup.Arrived(error);
        CallTrace.Publish(failure);
        Fail(failure);
    }

    private void End()
    {
        _isOver = true;
        _registration.Unregister();
        TaskState.End();
        if (_isListed)
            loop.Calls.Remove(this);
    }

    private void SendCancel()
    {
        if (LoopThread.HasEntered(loop))
            CancelFromToken();
        else
            loop.Send(new CancelMessage(this));
    }

    private void CancelFromToken()
    {
        if (!_isOver)
            Cancel(token);
    }

    /// <summary>The place of a call among those of its loop that have started and not ended.</summary>
    internal readonly struct InLoop : ILinks<Invocation>
    {
        public static ref Links<Invocation> Of(Invocation item) => ref item._links;
    }

    /// <summary>The start on its way to the loop.</summary>
    private sealed class StartMessage(Invocation invocation) : Message
    {
        internal override void Arrive(EventLoop loop) => loop.AddReady(invocation);

        internal override void Run(EventLoop loop) => invocation.Run(loop);

        internal override void Drop(EventLoop loop) => invocation.Drop(loop);
    }

    private sealed class CancelMessage(Invocation invocation) : Message
    {
        internal override void Run(EventLoop loop) => invocation.CancelFromToken();

        /// <summary>The end of the loop has cancelled the call.</summary>
        internal override void Drop(EventLoop loop)
        {
        }
    }
}

/// <summary>A call without a result.</summary>
internal sealed class PlainInvocation : Invocation
{
    private readonly TaskCompletionSource _task;
    private Action<Event>? _call;

    public PlainInvocation(EventLoop loop, Action<Event> call, CancellationToken token)
        : base(loop, token)
    {
        _call = call;
        _task = new TaskCompletionSource(TaskState, TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public Task Task => _task.Task;

    protected override void Call()
    {
        var invoked = _call!;
        _call = null;
        invoked(new Event(Open(), First.Number));
    }

    protected override void Succeed() => _task.TrySetResult();

    protected override void Fail(Exception error)
    {
        if (error is OperationCanceledException)
            _task.TrySetFromTask(Ended(error));
        else
            _task.TrySetException(error);
    }

    protected override void TrySetCanceled(CancellationToken cause) => _task.TrySetCanceled(cause);
}

/// <summary>A call with a result.</summary>
internal sealed class Invocation<T> : Invocation
{
    private readonly TaskCompletionSource<T> _task;
    private Action<Event<T>>? _call;
    private T _value = default!;

    public Invocation(EventLoop loop, Action<Event<T>> call, CancellationToken token)
        : base(loop, token)
    {
        _call = call;
        _task = new TaskCompletionSource<T>(TaskState, TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public Task<T> Task => _task.Task;

    protected override void Call()
    {
        var invoked = _call!;
        _call = null;
        var slot = Slot.At(this, ref _value);
        invoked(new Event<T>(Open(slot.Target, slot.Offset), First.Number));
    }

    protected override void Succeed() => _task.TrySetResult(_value);

    protected override void Fail(Exception error)
    {
        if (error is not OperationCanceledException)
        {
            _task.TrySetException(error);
            return;
        }
        var method = AsyncTaskMethodBuilder<T>.Create();
        method.SetException(error);
        _task.TrySetFromTask(method.Task);
    }

    protected override void TrySetCanceled(CancellationToken cause) => _task.TrySetCanceled(cause);
}

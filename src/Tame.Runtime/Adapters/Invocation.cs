using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// A call that <c>EventLoop.InvokeAsync</c> or <c>InvokeValueAsync</c> starts. It has the event of the call, whose completion completes a task. The object is
/// reused if its event ended the call and neither the loop nor the cancellation token refers to it.
/// </summary>
internal abstract class Invocation : Source
{
    private readonly StartMessage _start;
    private EventLoop _loop = null!;
    private CancellationToken _token;
    private ExecutionContext? _context;
    private CancellationTokenRegistration _registration;

    /// <summary>The state of the task if code of the loop started the call; null if another thread did.</summary>
    private InvokedTask? _ownTask;

    /// <summary>Names the user's code if its event is lost: see <see cref="CallNames"/>. It refers to nothing that may hold the event.</summary>
    private object? _called;
    private bool _isOver;
    private bool _isListed;

    /// <summary>The number of calls that have used this object.</summary>
    private uint _uses;

    private Links<Invocation> _links;

    /// <summary>Whether a probe for lost events has seen this call.</summary>
    internal bool IsProbed;

    protected Invocation() => _start = new StartMessage(this);

    /// <summary>
    /// The state of the task, by which code that waits for the task recognizes that it belongs to the loop. It does not keep the loop in memory.
    /// </summary>
    protected object TaskState => (object?)_ownTask ?? _loop.Inbox;

    internal sealed override void Run(EventLoop loop)
    {
        if (_isOver)
            return;
        if (_token.IsCancellationRequested)
        {
            Cancel(_token);
            return;
        }
        loop.Calls.Add(this);
        _isListed = true;
        _ownTask?.Begin();
        if (_context is { } context && !ReferenceEquals(context, loop.Home.Execution))
            ExecutionContext.Restore(context);
        _context = null;
        uint use = _uses;
        try
        {
            Call();
        }
        catch (Exception error)
        {
            if (IsPendingIn(use))
                Escape(error);
            else
                loop.OnEscaped(error);
        }
        loop.Home.Return();
    }

    /// <summary>
    /// Stops counting the call as something that outside work may wait for, because the call is an asynchronous function, which itself counts as outside work.
    /// </summary>
    internal void FollowFunction() => _ownTask?.StopCounting();

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
        var loss = LostEvents.OfInvocation(_called);
        End(loss);
        return loss;
    }

    /// <summary>Cancels the event, which is pending or not yet created, and the task with the given token.</summary>
    internal void Cancel(CancellationToken cause)
    {
        var loop = _loop;
        var hooks = First.IsPending ? First.Close(loop) : null;
        Leave(loop);
        SetCanceled(cause);
        CallAll(hooks, loop);
    }

    /// <summary>Prepares the object for a call.</summary>
    /// <param name="loop">The loop that makes it.</param>
    /// <param name="call">The user's delegate.</param>
    /// <param name="token">The token that cancels it.</param>
    protected void Begin(EventLoop loop, Delegate call, CancellationToken token)
    {
        _uses++;
        (_loop, _token) = (loop, token);
        _called = CallNames.Keep(call);
        _context = ExecutionContext.Capture();
        if (LoopThread.HasEntered(loop))
            _ownTask = new InvokedTask(loop);
    }

    /// <summary>Queues the start. False if the loop has ended.</summary>
    protected bool Post()
    {
        var loop = _loop;       // the call may be over before this returns
        if (!_token.CanBeCanceled)
            return loop.TryStart(_start);
        _registration = _token.UnsafeRegister(static invocation => ((Invocation)invocation!).SendCancel(), this);
        if (loop.TryStart(_start))
            return true;
        _registration.Unregister();
        return false;
    }

    /// <summary>Creates the event and calls the user's delegate. No stack frame below may keep the event.</summary>
    protected abstract void Call();

    /// <summary>Completes the task.</summary>
    /// <param name="mayReuse">Whether only the code that waits for the call still refers to this object.</param>
    protected abstract void Succeed(bool mayReuse);

    protected abstract void Fail(Exception error);

    protected abstract void SetCanceled(CancellationToken cause);

    protected Lifeline Open(object? target = null, nint offset = 0) => OpenFirst(_loop, target, offset);

    /// <summary>Clears the data of the last call.</summary>
    protected void Clear()
    {
        _loop = null!;
        _token = default;
        _registration = default;
        _ownTask = null;
        _called = null;
        _isOver = _isListed = IsProbed = false;
    }

    /// <summary>
    /// Whether the event is pending and this object is still used for the same call. The order of the reads matters, because a reuse increments the
    /// count first.
    /// </summary>
    private bool IsPendingIn(uint use) => Volatile.Read(ref First.Number) != 0 && Volatile.Read(ref _uses) == use;

    private void Escape(Exception error)
    {
        var loop = _loop;
        var hooks = First.Close(loop);
        Leave(loop);
        FailVisibly(FailureGroup.Leaving(error));
        CallAll(hooks, loop);
    }

    private void End(Exception? error)
    {
        var loop = _loop;
        var hooks = First.Close(loop);
        bool isUnknown = Leave(loop);
        if (error is null)
            Succeed(isUnknown);
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

    /// <summary>Called when the call is over. False if the token may still report its cancellation to this object.</summary>
    private bool Leave(EventLoop loop)
    {
        _isOver = true;
        bool isUnknown = !_token.CanBeCanceled || _registration.Unregister();
        _ownTask?.End();
        if (_isListed)
            loop.Calls.Remove(this);
        return isUnknown;
    }

    private void SendCancel()
    {
        if (LoopThread.HasEntered(_loop))
            CancelFromToken();
        else
            _loop.Send(new CancelMessage(this));
    }

    private void CancelFromToken()
    {
        if (!_isOver)
            Cancel(_token);
    }

    private static void CallAll(Hook? hooks, EventLoop loop)
    {
        if (hooks is null)
            return;
        Hook.CallAll(hooks, loop);
        loop.DrainChain();
    }

    /// <summary>The links of a call in its loop's list of calls that have started and not ended.</summary>
    internal readonly struct InLoop : ILinks<Invocation>
    {
        public static ref Links<Invocation> Of(Invocation item) => ref item._links;
    }

    /// <summary>Carries the start of the call to the loop.</summary>
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

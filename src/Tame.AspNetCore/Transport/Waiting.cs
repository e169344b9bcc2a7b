using System.Threading.Tasks.Sources;
using Tame.IO;

namespace Tame.AspNetCore;

/// <summary>Whether one side of a connection may continue, and the continuation to run then. The gate of the side guards it. The continuations that it returns run outside the gate.</summary>
internal struct Waiting
{
    private Action<object?>? _continuation;
    private object? _state;
    private ExecutionContext? _context;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;
    private bool _isRunning;

    /// <summary>Whether there is a reason to continue.</summary>
    public bool IsSignalled { get; set; }

    /// <summary>Whether a wait was cancelled and no result has reported it yet.</summary>
    public bool IsCancelled { get; private set; }

    public readonly bool IsComplete => IsSignalled || IsCancelled;

    public readonly bool HasContinuation => _continuation is not null;

    /// <summary>Begins a wait, unless one is in progress.</summary>
    public void Begin(Action<object?, CancellationToken> cancel, object side, CancellationToken token)
    {
        if (IsSignalled || _isRunning)
            return;
        _isRunning = true;
        if (!token.CanBeCanceled)
            return;
        _token = token;
        _registration = token.UnsafeRegister(cancel, side);
    }

    public Resumption Signal()
    {
        IsSignalled = true;
        return Take();
    }

    public Resumption Cancel()
    {
        IsCancelled = true;
        return Take();
    }

    /// <summary>Called when a token was cancelled: the token of this wait, or of an earlier one.</summary>
    public Resumption Cancel(CancellationToken token) => _token == token ? Cancel() : default;

    /// <summary>Sets the continuation. False if it may continue already.</summary>
    /// <exception cref="InvalidOperationException">Another wait is in progress.</exception>
    private bool TryContinueWith(Action<object?> continuation, object? state, bool flows)
    {
        if (IsComplete)
            return false;
        if (_continuation is not null)
            throw new InvalidOperationException("Another operation is already waiting on this side of the connection. Await it before you start the next one.");
        (_continuation, _state, _context) = (continuation, state, flows ? ExecutionContext.Capture() : null);
        return true;
    }

    /// <summary>Sets the continuation, inside the gate of the side. If it may continue already, it does so on the loop.</summary>
    public void ContinueWith(Lock gate, EventLoop loop, Action<object?> continuation, object? state, ValueTaskSourceOnCompletedFlags flags)
    {
        bool flows = (flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0;
        lock (gate)
        {
            if (TryContinueWith(continuation, state, flows))
                return;
        }
        new Resumption(continuation, state, flows ? ExecutionContext.Capture() : null).Post(loop);
    }

    /// <summary>Ends a wait. Dispose of the returned object outside the gate.</summary>
    public CancellationTokenRegistration End(out CancellationToken token)
    {
        token = _token;
        var registration = _registration;
        (_token, _registration) = (default, default);
        return registration;
    }

    /// <summary>Returns whether a wait was cancelled, and resets it. Called for the result that reports it.</summary>
    public bool ObserveCancellation()
    {
        bool isCancelled = IsCancelled;
        IsCancelled = _isRunning = false;
        return isCancelled;
    }

    private Resumption Take()
    {
        var resumption = new Resumption(_continuation, _state, _context);
        (_continuation, _state, _context) = (null, null, null);
        return resumption;
    }
}

/// <summary>A continuation to run now.</summary>
internal readonly struct Resumption(Action<object?>? continuation, object? state, ExecutionContext? context)
{
    /// <summary>Continues here, on the loop's thread, without a synchronization context. Otherwise Kestrel's code would be posted from wait to wait.</summary>
    public void Run()
    {
        if (continuation is null)
            return;
        using (new NoContext())
            Invoke();
    }

    /// <summary>Continues on the loop's thread, after the calls that are ready there. Continues on the thread pool if the loop has ended.</summary>
    public void Post(EventLoop loop)
    {
        if (continuation is null)
            return;
        var message = new Posted(this);
        if (!loop.TryPost(message))
            message.Drop(loop);
    }

    private void Invoke()
    {
        if (context is null)
            continuation!(state);
        else
            ExecutionContext.Run(context, static item => ((Call)item!).Invoke(), new Call(continuation!, state));
    }

    private sealed class Call(Action<object?> continuation, object? state)
    {
        public void Invoke() => continuation(state);
    }

    private sealed class Posted(Resumption resumption) : Message
    {
        internal override void Arrive(EventLoop loop) => loop.AddReady(this);

        internal override void Run(EventLoop loop) => resumption.Run();

        internal override void Drop(EventLoop loop) =>
            ThreadPool.UnsafeQueueUserWorkItem(static posted => posted.Invoke(), this, preferLocal: false);

        private void Invoke() => resumption.Invoke();
    }
}

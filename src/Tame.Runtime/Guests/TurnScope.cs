namespace Tame.Guests;

/// <summary>
/// A turn of a guest on this thread, from its first step to its last. While the scope is open, the guest is the thread's current loop, in the default execution
/// context. If the run of another loop is on the stack, that loop is not current during the turn.
/// </summary>
internal readonly ref struct TurnScope
{
    private readonly EventLoop _loop;
    private readonly Thread _thread;
    private readonly EventLoop? _before;
    private readonly ulong _hidden;
    private readonly ExecutionContext? _execution;
    private readonly SynchronizationContext? _synchronization;

    public TurnScope(EventLoop loop)
    {
        _loop = loop;
        _thread = Thread.CurrentThread;
        _before = LoopThread.Current;
        if (_before is not null)
            _hidden = _before.Shared.HideStack();
        _execution = ThreadContext.Mark(_thread);
        _synchronization = ThreadContext.Synchronization(_thread);
        ThreadContext.RestoreDefault(_execution);
        ThreadContext.SetSynchronization(_thread, loop.SynchronizationContext);
        LoopThread.Current = loop;
        loop.BeginTurn(_thread);
    }

    /// <summary>Ends the turn, and restores the previous loop and contexts.</summary>
    public void Dispose()
    {
        _loop.EndTurn();
        LoopThread.Current = _before;
        _before?.Shared.ShowStack(_hidden);
        if (!ReferenceEquals(ThreadContext.Mark(_thread), _execution))
            ThreadContext.Restore(_execution);
        ThreadContext.SetSynchronization(_thread, _synchronization);
    }
}

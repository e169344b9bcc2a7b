namespace Tame;

/// <summary>
/// A timer that the time provider of a loop with virtual time has created. Any thread may change or dispose of it. Its callback runs on the loop's thread,
/// from the ready queue, without a synchronization context. So the continuations of tasks run inside the callback and not on the thread pool.
/// </summary>
internal sealed class LoopTimer(EventLoop loop, TimerCallback callback, object? state) : Message, ITimer
{
    private const int Disposed = 1, Running = 2;

    /// <summary>The deadline of a timer that is not set.</summary>
    private const long Never = -1;

    /// <summary>The longest time that the system's timers accept, in milliseconds.</summary>
    private const long Longest = 0xffff_fffe;

    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private TimerNode _node;
    private long _period;
    private bool _isDue;
    private bool _isQueued;
    private int _flags;
    private TaskCompletionSource? _drained;

    /// <summary>
    /// Whether the timer only limits how long something else may take, so that no code waits for its time. Of the tasks that have a timer, those of
    /// <c>Task.WaitAsync</c> have a type argument and those of <c>Task.Delay</c> do not.
    /// </summary>
    public bool IsLimit { get; } = state is CancellationTokenSource || state is Task && state.GetType().IsGenericType;

    private bool IsDisposed => (Volatile.Read(ref _flags) & Disposed) != 0;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        long delay = TicksOf(dueTime, nameof(dueTime));
        long repeat = TicksOf(period, nameof(period));
        if (IsDisposed)
            return false;
        long due = delay == Never ? Never : loop.Timers.DueOf(delay);
        repeat = repeat < TimeSpan.TicksPerMillisecond ? 0 : repeat;
        if (!LoopThread.HasEntered(loop))
            return loop.Send(new SettingMessage(this, due, repeat));
        if (loop.IsEnded)
            return false;
        Set(due, repeat);
        return true;
    }

    public void Dispose()
    {
        if ((Interlocked.Or(ref _flags, Disposed) & Disposed) != 0)
            return;
        if (!LoopThread.HasEntered(loop))
            loop.Send(new SettingMessage(this, Never, 0));
        else
            Set(Never, 0);
    }

    /// <summary>Disposes of the timer. The task completes when the last callback has ended.</summary>
    public ValueTask DisposeAsync()
    {
        var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        drained = Interlocked.CompareExchange(ref _drained, drained, null) ?? drained;
        Dispose();
        return (Interlocked.Or(ref _flags, Disposed) & Running) == 0 ? default : new ValueTask(drained.Task);
    }

    /// <summary>Called when the timer is due and the loop has taken it from the timer queue.</summary>
    public void Fire()
    {
        _node = default;
        loop.Timers.CountWait(this, -1);
        if (_period != 0)
            SetAt(loop.Timers.DueOf(_period));
        _isDue = true;
        if (_isQueued)
            return;
        _isQueued = true;
        loop.AddReady(this);
    }

    /// <summary>Runs the callback after the end of the loop, so that code that waits for it does not wait forever.</summary>
    public void RunOutside()
    {
        var (caller, synchronization) = (ExecutionContext.Capture(), SynchronizationContext.Current);
        if (_context is not null)
            ExecutionContext.Restore(_context);
        SynchronizationContext.SetSynchronizationContext(null);
        Invoke();
        SynchronizationContext.SetSynchronizationContext(synchronization);
        if (caller is not null)
            ExecutionContext.Restore(caller);
    }

    internal override void Run(EventLoop loop)
    {
        _isQueued = false;
        if (!_isDue)
            return;
        _isDue = false;
        if (_context is { } context && !ReferenceEquals(context, loop.Home.Execution))
            ExecutionContext.Restore(context);
        SynchronizationContext.SetSynchronizationContext(null);
        Invoke();
        loop.Home.Return();
    }

    internal override void Drop(EventLoop loop)
    {
        if (_isDue)
            RunOutside();
    }

    private void Invoke()
    {
        if ((Interlocked.Or(ref _flags, Running) & Disposed) == 0)
        {
            try
            {
                callback(state);
            }
            catch (Exception error)
            {
                loop.OnUnhandled(error);
            }
        }
        if ((Interlocked.And(ref _flags, ~Running) & Disposed) != 0)
            Volatile.Read(ref _drained)?.TrySetResult();
    }

    private void Set(long due, long period)
    {
        if (_node.Number != 0)
        {
            loop.Timers.Remove(_node);
            _node = default;
            loop.Timers.CountWait(this, -1);
        }
        _isDue = false;
        _period = period;
        if (due != Never && !IsDisposed)
            SetAt(due);
    }

    private void SetAt(long due)
    {
        _node = loop.Timers.Set(due, this);
        loop.Timers.CountWait(this, 1);
    }

    /// <summary>Checks a time as the system's timers do: its whole milliseconds decide whether it is negative, infinite or too long.</summary>
    private static long TicksOf(TimeSpan time, string name)
    {
        long milliseconds = (long)time.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfLessThan(milliseconds, -1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, Longest, name);
        return milliseconds == -1 ? Never : Math.Max(0, time.Ticks);
    }

    /// <summary>A change that another thread has requested. Its time counts from the request.</summary>
    private sealed class SettingMessage(LoopTimer timer, long due, long period) : Message
    {
        internal override void Run(EventLoop loop) => timer.Set(due, period);

        internal override void Drop(EventLoop loop) => timer.Set(due, period);
    }
}

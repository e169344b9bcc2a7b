namespace Tame;

/// <summary>
/// Work that a loop accepted, could not run before it ended, and must run in any case, such as the rest of an <c>async</c> method. It runs on the thread that
/// ends the loop, then on the thread pool. It runs one item at a time and in order, because such code relies on a loop being a single thread.
/// </summary>
internal sealed class Leftovers(EventLoop loop) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly Queue<PostedWork> _waiting = new();

    /// <summary>True if some thread runs the waiting work. Until the end, that is the loop itself.</summary>
    private bool _isRunning = true;
    private volatile Thread? _runner;

    /// <summary>True if this thread runs a piece of the work.</summary>
    public bool IsHere => ReferenceEquals(_runner, Thread.CurrentThread);

    /// <summary>Adds work that arrived after the loop had closed its inbox. Any thread may call it. The work never runs inside this call.</summary>
    public void Add(PostedWork work)
    {
        lock (_gate)
        {
            _waiting.Enqueue(work);
            if (_isRunning)
                return;
            _isRunning = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Runs code of the ending loop's own thread, before anything else here.</summary>
    public void RunFirst(Action drop)
    {
        Enter(drop);
        Continue();
    }

    /// <summary>
    /// Runs the work that waits now. Work that is added during this call waits for the next turn, so that endless work shares the pool with other code.
    /// </summary>
    public void Execute()
    {
        Enter(() =>
        {
            for (int left = CountWaiting(); left > 0; left--)
                Take().RunOutside(loop);
        });
        Continue();
    }

    private void Enter(Action run)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(loop.SynchronizationContext);
        _runner = Thread.CurrentThread;
        try
        {
            run();
        }
        finally
        {
            _runner = null;
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private void Continue()
    {
        lock (_gate)
        {
            _isRunning = _waiting.Count != 0;
            if (!_isRunning)
                return;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private int CountWaiting()
    {
        lock (_gate)
            return _waiting.Count;
    }

    private PostedWork Take()
    {
        lock (_gate)
            return _waiting.Dequeue();
    }
}

namespace Tame;

/// <summary>
/// The state of a task that <c>EventLoop.InvokeAsync</c> returned to code of the loop itself. The loop completes such a task, so it is not outside work.
/// Outside work that code of the loop began may wait for it, as for a timer of <see cref="EventLoop.TimeProvider"/>. See decision 0029. It refers to the loop
/// only while the call is in progress. If another thread started the call, the task's state is the loop's inbox: then nothing needs to be counted, and the
/// inbox does not refer to the loop either.
/// </summary>
internal sealed class InvokedTask(EventLoop loop)
{
    private EventLoop? _loop = loop;
    private bool _isCounted;
    private bool _isWatched;

    /// <summary>
    /// True, on the loop's thread, if the task belongs to that loop. The caller then waits for it, and the task does not count as outside work.
    /// </summary>
    public static bool TryWatch(Task task, EventLoop loop)
    {
        if (!LoopThread.HasEntered(loop))
            return false;
        if (ReferenceEquals(task.AsyncState, loop.Inbox))
            return true;
        if (task.AsyncState is not InvokedTask state || !ReferenceEquals(state._loop, loop))
            return false;
        state._isWatched = true;
        state.StopCounting();
        return true;
    }

    /// <summary>Called when the call starts. Outside work may wait for it.</summary>
    public void Begin()
    {
        if (_isWatched)
            return;
        _isCounted = true;
        _loop!.Timers.CountWait(1);
    }

    /// <summary>Called when the call is over.</summary>
    public void End()
    {
        StopCounting();
        _loop = null;
    }

    /// <summary>Called when no outside work can be waiting for the task.</summary>
    public void StopCounting()
    {
        if (_isCounted)
            _loop!.Timers.CountWait(-1);
        _isCounted = false;
    }
}

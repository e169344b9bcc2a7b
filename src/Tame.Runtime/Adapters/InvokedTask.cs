namespace Tame;

/// <summary>
/// The state of a task that <c>EventLoop.InvokeAsync</c> returned to code of the loop itself. Such a task ends by what the loop does, so it is no work outside of the loop; and
/// outside work that code of the loop began may wait for it, as for a timer of <see cref="EventLoop.TimeProvider"/>. See decision 0029. It keeps the loop only while the call is
/// under way. Of a task that another thread asked for, the state is the loop's inbox: nothing needs to be counted there, and the inbox does not keep the loop either.
/// </summary>
internal sealed class InvokedTask(EventLoop loop)
{
    private EventLoop? _loop = loop;
    private bool _isCounted;
    private bool _isWatched;

    /// <summary>True, on the loop's thread, where the task is one of that loop: who asks waits for it, and does not count as outside work.</summary>
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

    /// <summary>The call starts. Outside work may wait for it.</summary>
    public void Begin()
    {
        if (_isWatched)
            return;
        _isCounted = true;
        _loop!.Timers.CountWait(1);
    }

    /// <summary>The call is over.</summary>
    public void End()
    {
        StopCounting();
        _loop = null;
    }

    /// <summary>No outside work waits for the task.</summary>
    public void StopCounting()
    {
        if (_isCounted)
            _loop!.Timers.CountWait(-1);
        _isCounted = false;
    }
}

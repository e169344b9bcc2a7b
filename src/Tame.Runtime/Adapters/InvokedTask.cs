namespace Tame;

/// <summary>
/// The state of a task that <c>EventLoop.InvokeAsync</c> returned. Such a task ends by what the loop does, so it is no work outside of the loop; and outside work that code
/// of the loop began may wait for it, as for a timer of <see cref="EventLoop.TimeProvider"/>. See decision 0029. It keeps the loop only while the call is under way.
/// </summary>
internal sealed class InvokedTask(EventLoop loop)
{
    private readonly bool _isOfLoop = LoopThread.HasEntered(loop);
    private EventLoop? _loop = loop;
    private bool _isCounted;
    private bool _isWatched;

    /// <summary>True, on the loop's thread, where the task is one of that loop: who asks waits for it, and does not count as outside work.</summary>
    public static bool TryWatch(Task task, EventLoop loop)
    {
        if (!LoopThread.HasEntered(loop) || task.AsyncState is not InvokedTask state || !ReferenceEquals(state._loop, loop))
            return false;
        state._isWatched = true;
        state.StopCounting();
        return true;
    }

    /// <summary>The call starts. Outside work may wait for it if code on the loop's thread asked for it.</summary>
    public void Begin()
    {
        if (!_isOfLoop || _isWatched)
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

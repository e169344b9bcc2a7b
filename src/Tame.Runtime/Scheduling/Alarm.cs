namespace Tame;

/// <summary>Makes the loop run a pass after a time, in virtual time too. Use it on the loop's thread.</summary>
internal sealed class Alarm(EventLoop loop)
{
    private MainEvent? _set;

    /// <summary>Sets the alarm, unless it is already set.</summary>
    public void Set(TimeSpan delay)
    {
        if (_set is { IsComplete: false })
            return;
        _set = new MainEvent(loop);
        loop.Timers.Trigger(_set.Make(), delay);
    }

    public void Clear()
    {
        if (_set is { IsComplete: false } set)
            set.Cancel();
        _set = null;
    }
}

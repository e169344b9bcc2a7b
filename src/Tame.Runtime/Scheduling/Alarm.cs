namespace Tame;

/// <summary>Has the loop make a pass after a time, in virtual time too. On the loop's thread.</summary>
internal sealed class Alarm(EventLoop loop)
{
    private MainEvent? _set;

    /// <summary>Sets it, unless it is set: then it stays as it is.</summary>
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

namespace Tame.Stages;

/// <summary>Calls a controller periodically, one call at a time: the next period begins when a call has ended.</summary>
internal sealed class ControllerTimer : IDisposable
{
    private readonly Func<TimeSpan> _period;
    private readonly Action _ask;
    private readonly ITimer _timer;
    private volatile bool _isDisposed;

    public ControllerTimer(TimeProvider provider, Func<TimeSpan> period, Action ask)
    {
        (_period, _ask) = (period, ask);
        _timer = provider.CreateTimer(static timer => ((ControllerTimer)timer!).Ask(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm();
    }

    public void Dispose()
    {
        _isDisposed = true;
        _timer.Dispose();
    }

    private void Ask()
    {
        if (_isDisposed)
            return;
        _ask();
        Arm();
    }

    private void Arm()
    {
        if (!_isDisposed)
            _timer.Change(_period(), Timeout.InfiniteTimeSpan);
    }
}

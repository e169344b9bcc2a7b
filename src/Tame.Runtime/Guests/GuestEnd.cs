namespace Tame.Guests;

/// <summary>The end of a guest as others see it: tasks, and the limit of the time that calls get to clean up. Any thread.</summary>
internal sealed class GuestEnd(GuestTurns turns) : IDisposable
{
    /// <summary>Milliseconds from the moment when calls have had enough time until the loop ends without its host, and between two tries of that.</summary>
    private const int HostTimeout = 1000;

    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private Timer? _limit;
    private bool _isLate;
    private List<CancellationTokenRegistration> _tokens = [];

    /// <summary>Ends with the loop; fails with what ended it, if that was a failure.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Ends with the loop, and does not fail.</summary>
    public Task Over => _over.Task;

    /// <summary>The loop is asked to end. The first time its limit begins.</summary>
    public void Begin(TimeSpan limit)
    {
        lock (_lock)
        {
            if (_limit is null && !Over.IsCompleted)
                _limit = Alarms.Make(static end => ((GuestEnd)end!).OnTime(), this, limit);
        }
    }

    /// <summary>When the token is cancelled, calls have had enough time.</summary>
    public void CutShortWith(CancellationToken token)
    {
        var registration = token.UnsafeRegister(static end => ((GuestEnd)end!).OnTime(), this);
        lock (_lock)
        {
            if (!Over.IsCompleted)
            {
                _tokens.Add(registration);
                return;
            }
        }
        registration.Unregister();
    }

    /// <summary>The loop has ended.</summary>
    public void Complete(Exception? failure)
    {
        lock (_lock)
        {
            if (Over.IsCompleted)
                return;
            if (failure is null)
                _completion.TrySetResult();
            else
                _completion.TrySetException(failure);
            _over.TrySetResult();
        }
        Dispose();
    }

    public void Dispose()
    {
        _limit?.Dispose();
        foreach (var registration in _tokens)
            registration.Unregister();
        _tokens = [];
    }

    /// <summary>Calls have had enough time; or later, the host has not made the last turn.</summary>
    private void OnTime()
    {
        bool wasLate;
        lock (_lock)
        {
            if (Over.IsCompleted)
                return;
            wasLate = _isLate;
            _isLate = true;
            _limit!.Change(HostTimeout, Timeout.Infinite);
        }
        if (wasLate)
            turns.TryEndHere();
        else
            turns.CutShort();
    }
}

namespace Tame.Guests;

/// <summary>The end of a guest for code outside it: its tasks, and the time limit for calls to clean up. Any thread may use it.</summary>
internal sealed class GuestEnd(GuestTurns turns) : IDisposable
{
    /// <summary>Milliseconds from the end of the time for calls until the loop ends without its host, and between two attempts to do that.</summary>
    private const int HostTimeout = 1000;

    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private Timer? _limit;
    private bool _isLate;
    private List<CancellationTokenRegistration> _tokens = [];

    /// <summary>Completes when the loop ends. If a failure ended the loop, it fails with that failure.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Completes when the loop ends, and never fails.</summary>
    public Task Over => _over.Task;

    /// <summary>Called when the loop is asked to end. The first call starts the time limit.</summary>
    public void Begin(TimeSpan limit)
    {
        lock (_lock)
        {
            if (_limit is null && !Over.IsCompleted)
                _limit = Alarms.Make(static end => ((GuestEnd)end!).OnTime(), this, limit);
        }
    }

    /// <summary>Ends the time for calls when the token is cancelled.</summary>
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

    /// <summary>Called when the loop has ended.</summary>
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

    /// <summary>Called when the time for calls is over, and again if the host then does not run the last turn.</summary>
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

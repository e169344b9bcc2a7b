namespace Tame.Stages;

/// <summary>The stop of a stage for input and output: the calls that wait for it, its deadline, and the packets that no sink has taken. Any thread.</summary>
/// <param name="loop">The stage's loop.</param>
/// <param name="begin">Tells the stage to accept nothing more, and to end by itself when all is done. Called on any thread.</param>
/// <param name="force">Tells the stage to end now. Called on the loop's thread.</param>
internal sealed class StopOfStage<T>(EventLoop loop, Action begin, Action force)
{
    private readonly Lock _gate = new();
    private readonly List<StopCall<T>> _calls = [];
    private readonly List<ITimer> _timers = [];
    private IReadOnlyList<T>? _left;
    private volatile bool _hasBegun;

    public bool HasBegun => _hasBegun;

    /// <summary>The packets that were returned; empty before the end.</summary>
    public IReadOnlyList<T> Left => Volatile.Read(ref _left) ?? [];

    public bool HasEnded => Volatile.Read(ref _left) is not null;

    public void Call(TimeSpan deadline, StopCall<T> call)
    {
        if (deadline != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(deadline, TimeSpan.Zero);
        IReadOnlyList<T>? left;
        lock (_gate)
        {
            left = _left;
            if (left is null)
                _calls.Add(call);
            _hasBegun = true;
        }
        if (left is not null)
        {
            call.Complete(left);
            return;
        }
        begin();
        if (deadline == TimeSpan.Zero)
            loop.TryPost(new PostedAction(force));
        else if (deadline != Timeout.InfiniteTimeSpan)
            SetDeadline(deadline);
    }

    public Task<IReadOnlyList<T>> CallAsync(TimeSpan deadline)
    {
        var source = new TaskCompletionSource<IReadOnlyList<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Call(deadline, new StopCall<T> { Task = source });
        return source.Task;
    }

    /// <summary>The stage has ended. Later calls get the same list.</summary>
    public void Complete(IReadOnlyList<T> left)
    {
        lock (_gate)
        {
            if (_left is not null)
                return;
            _hasBegun = true;
            Volatile.Write(ref _left, left);
        }
        foreach (var timer in _timers)
            timer.Dispose();
        foreach (var call in _calls)
            call.Complete(left);
    }

    private void SetDeadline(TimeSpan deadline)
    {
        var timer = loop.TimeProvider.CreateTimer(_ => loop.TryPost(new PostedAction(force)), null, deadline, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            if (_left is null)
            {
                _timers.Add(timer);
                return;
            }
        }
        timer.Dispose();
    }
}

/// <summary>Tells a stage that its loop ends.</summary>
internal sealed class LoopEnding(EventLoop loop, Action ends) : EndListener(loop)
{
    private bool _isListening;

    public void Begin()
    {
        Listen();
        _isListening = true;
    }

    public void End()
    {
        if (_isListening)
            Stop();
        _isListening = false;
    }

    protected override void LoopEnds()
    {
        End();
        ends();
    }
}

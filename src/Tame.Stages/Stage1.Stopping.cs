namespace Tame.Stages;

/// <summary>Stops the stage.</summary>
public sealed partial class Stage<T>
{
    private readonly List<StopCall<T>> _stopCalls = [];
    private volatile IReadOnlyList<T> _left = [];
    private readonly List<IDisposable> _timers = [];

    /// <summary>The items that a stop has returned; empty before the stage has stopped.</summary>
    public IReadOnlyList<T> Left => _left;

    /// <summary>Stops the stage. It accepts nothing from now on, and continues with the queued items until the deadline. Items that have not begun by then are returned.</summary>
    /// <param name="deadline">
    /// How long the stage may continue. <see cref="TimeSpan.Zero"/> returns all items that have not begun, <see cref="Timeout.InfiniteTimeSpan"/> waits until all are handled. If it is called several times, the
    /// earliest deadline counts.
    /// </param>
    /// <param name="left">
    /// The event, of any loop. It is triggered when all calls of the handler have ended, or at the deadline, with the items that are returned, in the order in which they would have begun.
    /// Calls that still run then continue; <see cref="Stage.Running"/> counts them.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <remarks>
    /// Offers that wait complete with <see cref="EnqueueOutcome.Stopping"/>. The events of items that are returned fail with an <see cref="OperationCanceledException"/>. When a
    /// stage has stopped, each further call gets the same list.
    /// </remarks>
    public void Stop(TimeSpan deadline, Event<IReadOnlyList<T>> left) => Stop(deadline, new StopCall<T> { Left = left });

    /// <inheritdoc/>
    public override void Stop(TimeSpan deadline, Event stopped) => Stop(deadline, new StopCall<T> { Stopped = stopped });

    /// <summary>Does the same as <see cref="Stop(TimeSpan, Event{IReadOnlyList{T}})"/>, for code outside of tamed methods.</summary>
    /// <param name="deadline">How long the stage may continue.</param>
    /// <returns>The items that are returned because they have not begun.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public Task<IReadOnlyList<T>> StopAsync(TimeSpan deadline)
    {
        var source = new TaskCompletionSource<IReadOnlyList<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Stop(deadline, new StopCall<T> { Task = source });
        return source.Task;
    }

    internal override Task StopTask(TimeSpan deadline) => StopAsync(deadline);

    /// <summary>A loop of the stage ends. When no loop is left, the stage stops.</summary>
    internal void LoopEnded(LoopRunner<T> runner)
    {
        bool isLast;
        lock (_gate)
        {
            Reclaim([runner]);
            _loops = [.. _loops.Where(other => other != runner)];
            isLast = _loops.Length == 0;
        }
        if (isLast)
        {
            Stop(TimeSpan.Zero, new StopCall<T>());
            return;
        }
        GiveRoom();
        if (HasQueued)
            ScheduleNext();
    }

    private void Stop(TimeSpan deadline, StopCall<T> call)
    {
        if (deadline != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(deadline, TimeSpan.Zero);
        List<Waiter<T>> waiters = [];
        bool hasEnded;
        lock (_gate)
        {
            hasEnded = _state == Ended;
            if (!hasEnded)
            {
                _stopCalls.Add(call);
                _state = Stopping;
                TakeWaiters(waiters);
            }
        }
        if (hasEnded)
        {
            call.Complete(_left);
            return;
        }
        foreach (var waiter in waiters)
        {
            Count(EnqueueOutcome.Stopping);
            Answer(waiter, EnqueueOutcome.Stopping);
        }
        Interlocked.MemoryBarrier();        // pairs with the barrier of a call that begins
        if (deadline != TimeSpan.Zero && deadline != Timeout.InfiniteTimeSpan)
            SetDeadline(deadline);
        TryEnd(isForced: deadline == TimeSpan.Zero || _limit == 0);
    }

    /// <summary>Inside the lock.</summary>
    private void TakeWaiters(List<Waiter<T>> target)
    {
        while (_line.First is { } waiter)
        {
            Leave(waiter);
            waiter.State = WaiterState.Over;
            target.Add(waiter);
        }
    }

    private void SetDeadline(TimeSpan deadline) =>
        AddTimer(_clock.Provider.CreateTimer(static stage => ((Stage<T>)stage!).TryEnd(isForced: true), this, deadline, Timeout.InfiniteTimeSpan));

    /// <summary>Removes the timer: it must not outlive the stage.</summary>
    private void AddTimer(IDisposable timer)
    {
        lock (_gate)
        {
            if (_state != Ended)
            {
                _timers.Add(timer);
                return;
            }
        }
        timer.Dispose();
    }

    /// <summary>Ends the stage if nothing is queued or being handled, or if it must.</summary>
    private void TryEnd(bool isForced)
    {
        List<Entry<T>> left = [];
        List<StopCall<T>> calls;
        lock (_gate)
        {
            if (_state != Stopping || !isForced && !IsDone())
                return;
            TakeLeft(left);
            _state = Ended;
            _left = left.ConvertAll(entry => entry.Item);
            calls = [.. _stopCalls];
            _crew?.EndAll();
        }
        LiveStages.Remove(this);
        foreach (var timer in _timers)
            timer.Dispose();
        foreach (var runner in _loops)
            runner.End();
        foreach (var entry in left)
        {
            if (entry.Done != default && entry.Done != Event.Detached)
                entry.Done.Fail(StageErrors.NotHandled(Name));
        }
        foreach (var call in calls)
            call.Complete(_left);
    }

    /// <summary>Nothing is queued or in progress. Inside the lock. A call counts before it takes its entry, so the calls are read last.</summary>
    private bool IsDone()
    {
        bool isEmpty = Queued + _lined == 0;
        AtStep?.Invoke(StageStep.LookedForEntries);
        return isEmpty && _calls.Taken == 0;
    }

    /// <summary>Takes all entries that have not begun. Inside the lock.</summary>
    private void TakeLeft(List<Entry<T>> target)
    {
        Reclaim(_runners);
        ref var ring = ref _intake.Ring;
        _takenBefore += ring.Count;
        while (ring.Count != 0)
            target.Add(ring.Take());
        _order?.TakeAll(target);
        _lined = 0;
    }
}

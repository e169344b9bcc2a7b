namespace Tame.Stages;

/// <summary>Offers that wait for space in the queue, first come first served.</summary>
public sealed partial class Stage<T>
{
    private IntrusiveList<Waiter<T>, Waiter<T>.InLine> _line;
    private WaiterCount _waiters;
    private Waiter<T>? _freeWaiter;

    /// <inheritdoc/>
    public override int Waiting => _waiters.Count;

    /// <summary>A test's code for a moment of the stage; null otherwise.</summary>
    internal Action<StageStep>? AtStep { get; set; }

    /// <summary>Lets in the offers for which runners have freed a place.</summary>
    internal void GiveRoom()
    {
        if (_waiters.Count != 0)
            LetIn();
    }

    /// <summary>The event of a waiter has completed. On its loop's thread.</summary>
    internal void WaiterCompleted(Waiter<T> waiter)
    {
        lock (_gate)
        {
            if (waiter.State == WaiterState.Granted)
            {
                waiter.State = WaiterState.Left;
                return;
            }
            if (waiter.State == WaiterState.Waiting)
                Leave(waiter);
            Free(waiter);
        }
    }

    /// <summary>The loop of a waiter takes the place that is reserved for it.</summary>
    internal void TakeGrant(Waiter<T> waiter)
    {
        var outcome = waiter.Outcome;
        ThreadRunner<T>? idle = null;
        EnqueueOutcome answer;
        lock (_gate)
        {
            _reserved--;
            if (waiter.State == WaiterState.Left)
            {
                ReleaseEntry(waiter);
                Free(waiter);
                outcome = default;
                answer = EnqueueOutcome.Full;
            }
            else
            {
                answer = _state == Open ? EnqueueOutcome.Accepted : EnqueueOutcome.Stopping;
                if (answer == EnqueueOutcome.Accepted)
                {
                    Put(ref waiter.Entry);
                    idle = _crew?.TakeIdle();
                }
                else
                {
                    ReleaseEntry(waiter);
                }
                waiter.State = WaiterState.Over;
            }
        }
        if (answer == EnqueueOutcome.Accepted)
            Wake(idle);
        else
            GiveRoom();
        outcome.Trigger(answer);
    }

    /// <summary>The loop of a waiter has ended before it could take its place.</summary>
    internal void DropGrant(Waiter<T> waiter)
    {
        lock (_gate)
        {
            _reserved--;
            ReleaseEntry(waiter);
            waiter.State = WaiterState.Over;
        }
        GiveRoom();
    }

    /// <summary>Puts an entry into the queue, or makes it wait. Null if it waits.</summary>
    private EnqueueOutcome? PushOrWait(ref Entry<T> entry, Event<EnqueueOutcome> outcome)
    {
        ThreadRunner<T>? idle = null;
        Waiter<T>? waiter = null;
        lock (_gate)
        {
            if (_state != Open)
                return EnqueueOutcome.Stopping;
            if (_waiters.Count != 0 || !HasRoom())
            {
                AtStep?.Invoke(StageStep.NoRoom);
                waiter = Join(ref entry, outcome);
            }
            else
            {
                Put(ref entry);
                idle = _crew?.TakeIdle();
            }
        }
        if (waiter is null)
        {
            Wake(idle);
            return EnqueueOutcome.Accepted;
        }
        if (waiter.Loop is not null)
            Attach(waiter);
        if (!IsTurnToCome)
            LetIn();        // a runner may have freed a place before it could see the waiter
        return null;
    }

    /// <summary>The only loop of the stage is about to look whether an offer waits.</summary>
    private bool IsTurnToCome => _loops is [var only] && only.IsScheduled;

    private void Attach(Waiter<T> waiter)
    {
        if (!Event.OnCompleted(waiter.Outcome.Unblocker, waiter))
            WaiterCompleted(waiter);        // the functions of class and key have completed it
    }

    /// <summary>Lets in the first waiters while the queue has space.</summary>
    private void LetIn()
    {
        while (true)
        {
            ThreadRunner<T>? idle = null;
            Waiter<T> waiter;
            bool isHere;
            lock (_gate)
            {
                if (_line.First is not { } first || _state != Open || !HasRoom())
                    return;
                waiter = first;
                isHere = waiter.IsHere;
                Leave(waiter, keepsEntry: true);
                if (isHere)
                {
                    Put(ref waiter.Entry);
                    idle = _crew?.TakeIdle();
                    waiter.State = WaiterState.Over;
                }
                else
                {
                    _reserved++;
                    waiter.State = WaiterState.Granted;
                }
            }
            if (isHere)
            {
                Wake(idle);
                Answer(waiter, EnqueueOutcome.Accepted);
            }
            else if (!waiter.Send())
            {
                DropGrant(waiter);
            }
        }
    }

    /// <summary>Completes the event of a waiter that is over.</summary>
    private void Answer(Waiter<T> waiter, EnqueueOutcome answer)
    {
        bool isHooked = waiter.Loop is not null;
        waiter.Outcome.Trigger(answer);
        if (isHooked)
            return;
        lock (_gate)
            Free(waiter);
    }

    /// <summary>Inside the lock.</summary>
    private Waiter<T> Join(ref Entry<T> entry, Event<EnqueueOutcome> outcome)
    {
        var waiter = _freeWaiter ?? new Waiter<T>(this);
        _freeWaiter = waiter.Links.Next;
        waiter.Links = default;
        (waiter.Entry, waiter.Outcome, waiter.State) = (entry, outcome, WaiterState.Waiting);
        _line.AddLast(waiter);
        _waiters.Add(1);
        return waiter;
    }

    /// <summary>Inside the lock.</summary>
    private void Leave(Waiter<T> waiter, bool keepsEntry = false)
    {
        _line.Remove(waiter);
        _waiters.Add(-1);
        if (!keepsEntry)
            ReleaseEntry(waiter);
    }

    /// <summary>A waiter's item is not enqueued. Inside the lock.</summary>
    private void ReleaseEntry(Waiter<T> waiter)
    {
        if (waiter.Entry.Line is { } line)
            _order!.Release(line);
        waiter.Entry = default;
    }

    /// <summary>Inside the lock.</summary>
    private void Free(Waiter<T> waiter)
    {
        (waiter.Entry, waiter.Outcome) = (default, default);
        waiter.Links.Next = _freeWaiter;
        _freeWaiter = waiter;
    }

    /// <summary>The number of waiters: written inside the lock, read outside. The fence pairs with the fence with which runners take an entry.</summary>
    private struct WaiterCount
    {
        private int _count;

        public readonly int Count => Volatile.Read(in _count);

        public void Add(int change) => Interlocked.Add(ref _count, change);
    }
}

namespace Tame.Stages;

/// <summary>The queue. Entries are added inside the lock; runners take them in chunks.</summary>
public sealed partial class Stage<T>
{
    private const int Open = 0;
    private const int Stopping = 1;
    private const int Ended = 2;

    private readonly Intake<T> _intake = new();

    /// <summary>Entries that wait for another one of their key.</summary>
    private int _lined;

    /// <summary>Places of waiters that have been let in and not notified yet.</summary>
    private int _reserved;
    private volatile int _state;
    private volatile Runner<T>[] _runners = [];

    /// <summary>The number of entries that retired runners have taken.</summary>
    private long _takenBefore;

    /// <summary>Entries that a runner may begin.</summary>
    private long Queued
    {
        get
        {
            long taken = Taken;
            return Volatile.Read(ref _intake.Counts.Added) - taken;     // read last: see Claims.TakeBack
        }
    }

    /// <summary>The number of entries that runners have begun or that were taken back from them.</summary>
    private long Taken
    {
        get
        {
            long taken = Volatile.Read(ref _takenBefore);
            foreach (var runner in _runners)
                taken += runner.Taken;
            return taken;
        }
    }

    /// <summary>Moves entries of the queue into a runner's chunk. False if the queue is empty.</summary>
    internal bool Refill(Runner<T> runner)
    {
        if (Queued <= 0)
            return false;
        lock (_gate)
        {
            var runners = _runners;
            ref var ring = ref _intake.Ring;
            if (ring.Count == 0 && runners.Length > 1)
                Reclaim(runners);
            if (ring.Count == 0)
                return false;
            runner.Fill(ref ring, runners.Length);
            return true;
        }
    }

    /// <summary>A thread begins. Inside the lock.</summary>
    internal void Add(ThreadRunner<T> runner) => _runners = [.. _runners, runner];

    /// <summary>A thread ends, and returns the entries it has not begun. Inside the lock.</summary>
    /// <returns>True if another thread has work to do.</returns>
    internal bool Remove(ThreadRunner<T> runner)
    {
        Reclaim([runner]);
        _retired.Add(runner.Measures);
        _takenBefore += runner.Taken;
        _runners = [.. _runners.Where(other => other != runner)];
        return _intake.Ring.Count != 0;
    }

    /// <summary>Tries to put an entry into the queue. The caller wakes the thread or loop that handles it.</summary>
    private EnqueueOutcome Push(ref Entry<T> entry)
    {
        GiveRoom();
        ThreadRunner<T>? idle;
        lock (_gate)
        {
            if (_state != Open)
                return EnqueueOutcome.Stopping;
            if (_waiters.Count != 0 || !HasRoom())
                return EnqueueOutcome.Full;
            Put(ref entry);
            idle = _crew?.TakeIdle();
        }
        Wake(idle);
        return EnqueueOutcome.Accepted;
    }

    /// <summary>Inside the lock.</summary>
    private bool HasRoom(int others = 0)
    {
        int beside = _lined + _reserved + others;
        ref var counts = ref _intake.Counts;
        if (counts.Added + beside < counts.RoomUntil)
            return true;
        counts.RoomUntil = counts.Added - Queued + Capacity;
        return counts.Added + beside < counts.RoomUntil;
    }

    /// <summary>Inside the lock.</summary>
    private void Put(ref Entry<T> entry)
    {
        _intake.Counts.Accepted++;
        if (entry.Line is { } line)
        {
            if (line.IsBusy)
            {
                line.Waiting.Add(entry);
                _lined++;
                return;
            }
            line.IsBusy = true;
        }
        AddToRing(entry);
    }

    private void AddToRing(in Entry<T> entry)
    {
        _intake.Ring.Add(entry);
        Volatile.Write(ref _intake.Counts.Added, _intake.Counts.Added + 1);
    }

    /// <summary>An item with a key is done: the next item of that key can begin.</summary>
    private void ReleaseLine(KeyLine<T> line)
    {
        lock (_gate)
        {
            if (line.Waiting.Count != 0)
            {
                _lined--;
                AddToRing(line.Waiting.Take());
            }
            else
            {
                line.IsBusy = false;
            }
            _order!.Release(line);
        }
    }

    /// <summary>Releases a key's line that was looked up for an entry and is not needed.</summary>
    internal void DropLine(in Entry<T> entry)
    {
        if (entry.Line is not { } line)
            return;
        lock (_gate)
            _order!.Release(line);
    }

    /// <summary>Takes back the entries that runners have not begun, in front of all others in the queue. Inside the lock.</summary>
    private void Reclaim(Runner<T>[] runners)
    {
        foreach (var runner in runners)
            runner.Reclaim(ref _intake.Counts, ref _intake.Ring);
    }
}

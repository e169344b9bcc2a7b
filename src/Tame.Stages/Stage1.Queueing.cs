namespace Tame.Stages;

/// <summary>The queue. Entries are added inside the lock; runners take them in chunks.</summary>
public sealed partial class Stage<T>
{
    private const int Open = 0;
    private const int Stopping = 1;
    private const int Ended = 2;

    private EntryRing<T> _ring;

    /// <summary>The number of entries that were put into the ring. Those that no runner has taken are queued.</summary>
    private long _added;

    /// <summary>Up to this number of added entries there is certainly room, even if no runner takes an entry.</summary>
    private long _roomUntil;

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
            long left = Volatile.Read(ref _added) - Volatile.Read(ref _takenBefore);
            foreach (var runner in _runners)
                left -= runner.Taken;
            return left;
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
            if (_ring.Count == 0 && runners.Length > 1)
                Reclaim(runners);
            if (_ring.Count == 0)
                return false;
            runner.Fill(ref _ring, runners.Length == 1 ? int.MaxValue : Math.Max(1, _ring.Count / runners.Length));
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
        return _ring.Count != 0;
    }

    /// <summary>Tries to put an entry into the queue. The caller wakes the thread or loop that handles it.</summary>
    private EnqueueOutcome Push(ref Entry<T> entry)
    {
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
        if (_added + beside < _roomUntil)
            return true;
        _roomUntil = _added - Queued + Capacity;
        return _added + beside < _roomUntil;
    }

    /// <summary>Inside the lock.</summary>
    private void Put(ref Entry<T> entry)
    {
        _accepted++;
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
        _ring.Add(entry);
        Volatile.Write(ref _added, _added + 1);
    }

    /// <summary>An item with a key is done: the next item of that key can begin.</summary>
    private void ReleaseLine(KeyLine<T> line)
    {
        lock (_gate)
        {
            if (line.Waiting.Count != 0)
            {
                _lined--;
                _ring.Add(line.Waiting.Take());
                Volatile.Write(ref _added, _added + 1);
            }
            else
            {
                line.IsBusy = false;
            }
            _order!.Release(line);
        }
    }

    /// <summary>A key's line that was looked up for an entry is not needed.</summary>
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
        {
            int left = runner.Left;
            if (left == 0)
                continue;
            Volatile.Write(ref _added, _added + left);      // first, so that the number of queued entries never seems smaller
            var entries = runner.Reclaim();
            Volatile.Write(ref _added, _added - left + entries.Length);
            for (int i = entries.Length - 1; i >= 0; i--)
                _ring.AddFirst(entries[i]);
            entries.Clear();
        }
    }
}

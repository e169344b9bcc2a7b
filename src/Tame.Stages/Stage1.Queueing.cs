namespace Tame.Stages;

/// <summary>The queue. Entries are added inside the lock; runners take them in chunks.</summary>
public sealed partial class Stage<T>
{
    private const int Open = 0;
    private const int Stopping = 1;
    private const int Ended = 2;

    private EntryRing<T> _ring;

    /// <summary>How many entries were put into the ring: those that no runner has taken are queued.</summary>
    private long _added;

    /// <summary>Up to this number of added entries there is room for certain, when nothing else takes any.</summary>
    private long _roomUntil;

    /// <summary>Entries behind another one of their key.</summary>
    private int _lined;

    /// <summary>Places of waiters that have been let in and not told yet.</summary>
    private int _reserved;
    private volatile int _state;
    private volatile Runner<T>[] _runners = [];

    /// <summary>What retired runners have taken.</summary>
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

    /// <summary>Puts entries of the queue into a runner's chunk. False when there is none.</summary>
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

    /// <summary>A thread ends, and gives back what it has not begun. Inside the lock.</summary>
    /// <returns>True when another one has something to do.</returns>
    internal bool Remove(ThreadRunner<T> runner)
    {
        Reclaim([runner]);
        _retired.Add(runner.Measures);
        _takenBefore += runner.Taken;
        _runners = [.. _runners.Where(other => other != runner)];
        return _ring.Count != 0;
    }

    /// <summary>Tries to put an entry into the queue. Leaves it to the caller to wake who handles it.</summary>
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

    /// <summary>An item with a key is done: the next one of that key can begin.</summary>
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

    /// <summary>A line that was found for an entry is not needed.</summary>
    internal void DropLine(in Entry<T> entry)
    {
        if (entry.Line is not { } line)
            return;
        lock (_gate)
            _order!.Release(line);
    }

    /// <summary>Takes back what runners have not begun, before all else in the queue. Inside the lock.</summary>
    private void Reclaim(Runner<T>[] runners)
    {
        foreach (var runner in runners)
        {
            int left = runner.Left;
            if (left == 0)
                continue;
            Volatile.Write(ref _added, _added + left);      // first, so that at no time fewer seem to be queued
            var entries = runner.Reclaim();
            Volatile.Write(ref _added, _added - left + entries.Length);
            for (int i = entries.Length - 1; i >= 0; i--)
                _ring.AddFirst(entries[i]);
            entries.Clear();
        }
    }
}

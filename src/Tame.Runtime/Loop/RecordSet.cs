using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// The events of a rendezvous: pending, or ready in the order of completion. While some are, a few that were joined stay for the next ones, so that
/// a window in its stride takes nothing from a pool. Lists link places, for to write a reference costs 1.5 to 2 ns: with sets and queues of references,
/// and records from their pool each time, an event of a window of 64 took 36 ns where it takes 28.
/// </summary>
internal struct RecordSet
{
    private const int Least = 4;
    private const int MostKept = 16;
    private Entry[]? _entries;

    /// <summary>Places that were used since the set was empty.</summary>
    private int _used;

    // The first places of lists; one more than the place, or zero for none.
    private int _kept;
    private int _empty;
    private int _oldest;
    private int _newest;

    /// <summary>The place that was taken last.</summary>
    private int _taken;

    /// <summary>How many are pending.</summary>
    public int Waiting { get; private set; }

    /// <summary>How many are complete and not yet taken.</summary>
    public int Ready { get; private set; }

    /// <summary>How many are joined and stay for the next events.</summary>
    public int Kept { get; private set; }

    /// <summary>Takes a place for a pending event. Returns the record that was kept there; null where there is none, and then one must be put there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Record? Take()
    {
        Waiting++;
        int kept = _kept;
        if (kept == 0)
            return TakeEmpty();
        ref var entry = ref _entries![kept - 1];
        _kept = entry.Next;
        Kept--;
        return entry.Record;
    }

    /// <summary>Puts a record at the place that was taken last.</summary>
    public readonly void Put(Record record)
    {
        record.Place = _taken;
        _entries![_taken].Record = record;
    }

    /// <summary>A pending event is ready, behind those that are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MakeReady(Record record)
    {
        Waiting--;
        Ready++;
        var entries = _entries!;
        int link = record.Place + 1;
        entries[link - 1].Next = 0;
        if (_newest == 0)
            _oldest = link;
        else
            entries[_newest - 1].Next = link;
        _newest = link;
    }

    /// <summary>Takes the oldest that is ready; there must be one. It is to be freed next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Record TakeReady()
    {
        ref var entry = ref _entries![_oldest - 1];
        _oldest = entry.Next;
        if (_oldest == 0)
            _newest = 0;
        Ready--;
        return entry.Record!;
    }

    /// <summary>Frees the place of a record that was taken. True where the record stays there; else it is out of the set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryKeep(Record record)
    {
        int link = record.Place + 1;
        ref var entry = ref _entries![link - 1];
        if (Kept < Math.Min(Waiting + Ready, MostKept))
        {
            Kept++;
            entry.Next = _kept;
            _kept = link;
            return true;
        }
        entry.Record = null;
        entry.Next = _empty;
        _empty = link;
        return false;
    }

    /// <summary>Takes the pending ones out, in the order in which their events were made. Until <see cref="Clear"/> nothing may be added.</summary>
    public Record[] TakePending()
    {
        var pending = new Record[Waiting];
        for (int place = 0; Waiting != 0; place++)
        {
            if (_entries![place].Record is { First.IsPending: true } record)
                pending[--Waiting] = record;
        }
        Array.Sort(pending, static (left, right) => left.First.Number.CompareTo(right.First.Number));
        return pending;
    }

    /// <summary>Empties a set of which nothing is pending or ready, and gives back what it kept. Its places remain, for the next wave is often as high.</summary>
    public void Clear(EventLoop loop)
    {
        for (; _kept != 0; _kept = _entries![_kept - 1].Next)
        {
            var record = _entries![_kept - 1].Record!;
            record.NoteKept(loop, -1);
            record.Return(loop);
        }
        _entries.AsSpan(0, _used).Clear();
        _used = _empty = Kept = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Record? TakeEmpty()
    {
        if (_empty != 0)
        {
            _taken = _empty - 1;
            _empty = _entries![_taken].Next;
            return null;
        }
        if (_entries is null || _used == _entries.Length)
            Array.Resize(ref _entries, Math.Max(Least, 2 * _used));
        _taken = _used++;
        return null;
    }

    private struct Entry
    {
        public Record? Record;
        public int Next;
    }
}

using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// The events of a rendezvous: pending, or ready in the order of completion. While some are, a few that were joined stay for the next ones, so that
/// a window in its stride takes nothing from a pool. Lists link places, and write no references.
/// </summary>
internal struct EntrySet
{
    private const int Least = 4;
    private const int MostKept = 16;
    private Place[]? _places;

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

    /// <summary>The oldest that is ready; there must be one.</summary>
    public readonly RendezvousEntry Oldest => _places![_oldest - 1].Entry!;

    /// <summary>Takes a place for a pending event. Returns the entry that was kept there; null where there is none, and then one must be put there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RendezvousEntry? Take()
    {
        Waiting++;
        int kept = _kept;
        if (kept == 0)
            return TakeEmpty();
        ref var place = ref _places![kept - 1];
        _kept = place.Next;
        Kept--;
        return place.Entry;
    }

    /// <summary>Puts an entry at the place that was taken last.</summary>
    public readonly void Put(RendezvousEntry entry)
    {
        entry.Place = _taken;
        _places![_taken].Entry = entry;
    }

    /// <summary>A pending event is ready, behind those that are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MakeReady(RendezvousEntry entry)
    {
        Waiting--;
        Ready++;
        var places = _places!;
        int link = entry.Place + 1;
        places[link - 1].Next = 0;
        if (_newest == 0)
            _oldest = link;
        else
            places[_newest - 1].Next = link;
        _newest = link;
    }

    /// <summary>Takes the oldest that is ready; there must be one. It is to be freed next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RendezvousEntry TakeReady()
    {
        ref var place = ref _places![_oldest - 1];
        _oldest = place.Next;
        if (_oldest == 0)
            _newest = 0;
        Ready--;
        return place.Entry!;
    }

    /// <summary>Frees the place of an entry that was taken. True where the entry stays there; else it is out of the set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryKeep(RendezvousEntry entry)
    {
        int link = entry.Place + 1;
        ref var place = ref _places![link - 1];
        if (Kept < Math.Min(Waiting + Ready, MostKept))
        {
            Kept++;
            place.Next = _kept;
            _kept = link;
            return true;
        }
        place.Entry = null;
        place.Next = _empty;
        _empty = link;
        return false;
    }

    /// <summary>Takes the pending ones out, in the order in which their events were made. Until <see cref="Clear"/> nothing may be added.</summary>
    public RendezvousEntry[] TakePending()
    {
        var pending = new RendezvousEntry[Waiting];
        for (int place = 0; Waiting != 0; place++)
        {
            if (_places![place].Entry is { First.IsPending: true } entry)
                pending[--Waiting] = entry;
        }
        Array.Sort(pending, static (left, right) => left.First.Number.CompareTo(right.First.Number));
        return pending;
    }

    /// <summary>Empties a set of which nothing is pending or ready, and gives back what it kept. Its places remain, for the next wave is often as high.</summary>
    public void Clear(EventLoop loop)
    {
        for (; _kept != 0; _kept = _places![_kept - 1].Next)
        {
            var entry = _places![_kept - 1].Entry!;
            entry.NoteKept(loop, -1);
            entry.Return(loop);
        }
        _places.AsSpan(0, _used).Clear();
        _used = _empty = Kept = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private RendezvousEntry? TakeEmpty()
    {
        if (_empty != 0)
        {
            _taken = _empty - 1;
            _empty = _places![_taken].Next;
            return null;
        }
        if (_places is null || _used == _places.Length)
            Array.Resize(ref _places, Math.Max(Least, 2 * _used));
        _taken = _used++;
        return null;
    }

    private struct Place
    {
        public RendezvousEntry? Entry;
        public int Next;
    }
}

using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// The events of a rendezvous: pending, or ready in the order of completion. While there are some, a few joined entries stay for the next events, so that a
/// window in steady state takes nothing from a pool. Lists link indexes, and write no references.
/// </summary>
internal struct EntrySet
{
    private const int Least = 4;
    private const int MostKept = 16;
    private Place[]? _places;

    /// <summary>The number of places used since the set was empty.</summary>
    private int _used;

    // The heads of lists: the index of the first place plus one, or zero for none.
    private int _kept;
    private int _empty;
    private int _oldest;
    private int _newest;

    /// <summary>The index of the place that was taken last.</summary>
    private int _taken;

    /// <summary>The number of pending events.</summary>
    public int Waiting { get; private set; }

    /// <summary>The number of complete events that have not been taken.</summary>
    public int Ready { get; private set; }

    /// <summary>The number of joined entries that stay for the next events.</summary>
    public int Kept { get; private set; }

    /// <summary>The oldest ready entry. There must be one.</summary>
    public readonly RendezvousEntry Oldest => _places![_oldest - 1].Entry!;

    /// <summary>Takes a place for a pending event. Returns the entry that was kept there. If it returns null, the caller must put one there.</summary>
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

    /// <summary>A pending event becomes ready, after those that already are.</summary>
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

    /// <summary>Takes the oldest ready entry. There must be one. The caller must free it next.</summary>
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

    /// <summary>Frees the place of an entry that was taken. Returns true if the entry stays there, or false if it has left the set.</summary>
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

    /// <summary>Removes the pending entries, in the order in which their events were created. Until <see cref="Clear"/> nothing may be added.</summary>
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

    /// <summary>Empties a set without pending or ready entries, and returns the kept ones. Its places remain, because the next peak is often as high.</summary>
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

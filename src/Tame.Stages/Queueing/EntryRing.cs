using System.Runtime.CompilerServices;

namespace Tame.Stages;

/// <summary>
/// A growing queue of entries. It takes no memory before the first entry, and keeps no reference to entries it has returned. Most entries consist of only an item. Their places are small, so that few cache lines
/// move from the thread that offers to the thread that handles. The other entries are in a separate array.
/// </summary>
internal struct EntryRing<T>
{
    private const int Least = 16;
    private Place[]? _places;

    /// <summary>The entries of the places that are not bare; empty before the first.</summary>
    private Entry<T>[]? _entries;
    private int _head;

    public int Count { get; private set; }

    public void Add(in Entry<T> entry)
    {
        if (_places is not { } places || Count == places.Length)
            places = Grow();
        Put(places, (_head + Count) & (places.Length - 1), entry);
        Count++;
    }

    /// <summary>Puts an entry in front of all others.</summary>
    public void AddFirst(in Entry<T> entry)
    {
        if (_places is not { } places || Count == places.Length)
            places = Grow();
        _head = (_head - 1) & (places.Length - 1);
        Put(places, _head, entry);
        Count++;
    }

    /// <summary>Takes the oldest entry. The queue must not be empty.</summary>
    public Entry<T> Take()
    {
        TakeAt(0, out var entry);
        _head = (_head + 1) & (_places!.Length - 1);
        Count--;
        return entry;
    }

    /// <summary>Takes an entry out of its place, which stays in the queue. The oldest has index zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void TakeAt(int index, out Entry<T> entry)
    {
        int at = (_head + index) & (_places!.Length - 1);
        ref var place = ref _places[at];
        if (!place.IsBare)
        {
            TakeApart(at, out entry);
            return;
        }
        entry = new Entry<T>(place.Item, default);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            place.Item = default!;      // otherwise nothing is written, so that the line stays shared
    }

    /// <summary>Moves the oldest entries to a queue whose places have all been taken. To move all of them, the two exchange their memory.</summary>
    public void MoveTo(ref EntryRing<T> target, int count)
    {
        (target._head, target.Count) = (0, 0);
        if (count == Count)
        {
            (this, target) = (target, this);
            return;
        }
        while (count-- != 0)
            target.Add(Take());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(Place[] places, int at, in Entry<T> entry)
    {
        bool isBare = entry.IsBare;
        places[at].IsBare = isBare;
        if (isBare)
            places[at].Item = entry.Item;
        else
            PutApart(at, entry);
    }

    private void PutApart(int at, in Entry<T> entry) => (_entries ??= new Entry<T>[_places!.Length])[at] = entry;

    private readonly void TakeApart(int at, out Entry<T> entry)
    {
        entry = _entries![at];
        _entries[at] = default;
    }

    private Place[] Grow()
    {
        var grown = default(EntryRing<T>);
        grown._places = new Place[Math.Max(Least, 2 * Count)];
        for (int i = 0; i < Count; i++)
        {
            TakeAt(i, out var entry);
            grown.Add(entry);
        }
        this = grown;
        return _places!;
    }

    /// <summary>The place of an entry.</summary>
    private struct Place
    {
        public T Item;

        /// <summary>The entry is only its item.</summary>
        public bool IsBare;
    }
}

namespace Tame.Stages;

/// <summary>A growing queue of entries. It takes no memory before the first entry, and keeps no reference to entries it has returned.</summary>
internal struct EntryRing<T>
{
    private const int Least = 16;
    private Entry<T>[]? _entries;
    private int _head;

    public int Count { get; private set; }

    public void Add(in Entry<T> entry)
    {
        if (_entries is not { } entries || Count == entries.Length)
            entries = Grow();
        entries[(_head + Count) & (entries.Length - 1)] = entry;
        Count++;
    }

    /// <summary>Puts an entry in front of all others.</summary>
    public void AddFirst(in Entry<T> entry)
    {
        if (_entries is not { } entries || Count == entries.Length)
            entries = Grow();
        _head = (_head - 1) & (entries.Length - 1);
        entries[_head] = entry;
        Count++;
    }

    /// <summary>Takes the oldest entry. The queue must not be empty.</summary>
    public Entry<T> Take()
    {
        ref var place = ref _entries![_head];
        var entry = place;
        place = default;
        _head = (_head + 1) & (_entries.Length - 1);
        Count--;
        return entry;
    }

    /// <summary>Takes the oldest entries into an array. The queue must have that many.</summary>
    public void TakeTo(Span<Entry<T>> target)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = Take();
    }

    private Entry<T>[] Grow()
    {
        var grown = new Entry<T>[Math.Max(Least, 2 * Count)];
        for (int i = 0; i < Count; i++)
            grown[i] = _entries![(_head + i) & (_entries.Length - 1)];
        _head = 0;
        return _entries = grown;
    }
}

using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>The records of a rendezvous that are ready to be joined, in the order of their completion.</summary>
internal struct RecordQueue
{
    private Entry[]? _entries;
    private int _head;

    public int Count { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Record record)
    {
        int count = Count;
        if (_entries is not { } entries || count == entries.Length)
            entries = Grow();
        entries[(_head + count) & (entries.Length - 1)].Record = record;
        Count = count + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Record? TakeFirst()
    {
        if (Count == 0)
            return null;
        var entries = _entries!;
        ref var entry = ref entries[_head];
        var record = entry.Record;
        entry.Record = null;
        _head = (_head + 1) & (entries.Length - 1);
        Count--;
        return record;
    }

    private Entry[] Grow()
    {
        var grown = new Entry[Math.Max(4, 2 * Count)];
        for (int i = 0; i < Count; i++)
            grown[i] = _entries![(_head + i) & (_entries.Length - 1)];
        _head = 0;
        return _entries = grown;
    }

    /// <summary>A struct, so that storing needs no check of the array's element type.</summary>
    private struct Entry
    {
        public Record? Record;
    }
}

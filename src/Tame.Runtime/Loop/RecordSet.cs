using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// The records of a rendezvous whose events are outstanding, in no order; each knows its place. A linked list would write five references for each event,
/// which is a third of what a window costs; this writes one or two.
/// </summary>
internal struct RecordSet
{
    private Entry[]? _entries;

    public int Count { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Record record)
    {
        int count = Count;
        if (_entries is not { } entries || count == entries.Length)
            entries = Grow();
        record.Place = count;
        entries[count].Record = record;
        Count = count + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(Record record)
    {
        var entries = _entries!;
        int last = --Count;
        if (record.Place != last)
        {
            var moved = entries[last].Record!;
            moved.Place = record.Place;
            entries[record.Place].Record = moved;
        }
        entries[last].Record = null;
    }

    /// <summary>Empties the set, and hands its records over in the order in which their events were made.</summary>
    public Record[] TakeAll()
    {
        var records = new Record[Count];
        for (int i = 0; i < records.Length; i++)
            records[i] = _entries![i].Record!;
        Array.Sort(records, static (left, right) => left.First.Number.CompareTo(right.First.Number));
        _entries = null;
        Count = 0;
        return records;
    }

    private Entry[] Grow()
    {
        Array.Resize(ref _entries, Math.Max(4, 2 * Count));
        return _entries;
    }

    /// <summary>A struct, so that storing needs no check of the array's element type.</summary>
    private struct Entry
    {
        public Record? Record;
    }
}

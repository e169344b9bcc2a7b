using System.Numerics;

namespace Tame;

/// <summary>
/// The pools of a guest's closures and entries with ids, those alone that it has used: a table by the kinds of the process would be longer than all else that a guest keeps. On the
/// loop's thread; <see cref="CountLive"/> any.
/// </summary>
internal sealed class SparsePools
{
    /// <summary>At most three quarters are taken; a power of two.</summary>
    private Entry[] _entries = new Entry[1];
    private int _count;

    public ref Pool this[int kind]
    {
        get
        {
            ref var entry = ref Place(_entries, kind);
            if (entry.Key == 0)
                entry = ref Add(kind);
            return ref entry.Pool;
        }
    }

    /// <summary>The pools that there are.</summary>
    public IEnumerable<int> Kinds => _entries.Where(static entry => entry.Key != 0).Select(static entry => entry.Key - 1);

    /// <summary>How many closures are in use.</summary>
    public int CountLive()
    {
        int count = 0;
        foreach (ref var entry in Volatile.Read(ref _entries).AsSpan())
            count += entry.Key != 0 && PoolIndex.IsOfClosures(entry.Key - 1) ? entry.Pool.InUse : 0;
        return count;
    }

    public void Trim()
    {
        foreach (ref var entry in _entries.AsSpan())
            entry.Pool.Trim();
    }

    public void Clear()
    {
        foreach (ref var entry in _entries.AsSpan())
            entry.Pool.Clear();
    }

    private ref Entry Add(int kind)
    {
        if (4 * (_count + 1) > 3 * _entries.Length)
            Grow();
        _count++;
        ref var entry = ref Place(_entries, kind);
        entry.Key = kind + 1;
        return ref entry;
    }

    private void Grow()
    {
        var grown = new Entry[BitOperations.RoundUpToPowerOf2((uint)_entries.Length + 1)];
        foreach (var entry in _entries)
        {
            if (entry.Key != 0)
                Place(grown, entry.Key - 1) = entry;
        }
        Volatile.Write(ref _entries, grown);
    }

    /// <summary>The entry of a kind, or the free one where it would stand.</summary>
    private static ref Entry Place(Entry[] entries, int kind)
    {
        int mask = entries.Length - 1, place = kind & mask;
        while (entries[place].Key != 0 && entries[place].Key != kind + 1)
            place = (place + 1) & mask;
        return ref entries[place];
    }

    private struct Entry
    {
        /// <summary>The kind and one; zero where the entry is free.</summary>
        public int Key;
        public Pool Pool;
    }
}

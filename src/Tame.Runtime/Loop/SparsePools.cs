using System.Numerics;

namespace Tame;

/// <summary>
/// The pools of a guest's closures and entries with ids. It has only the pools that the guest has used, because a table of all kinds of the process would be
/// larger than everything else that a guest holds. Use it on the loop's thread; any thread may call <see cref="CountLive"/>.
/// </summary>
internal sealed class SparsePools
{
    /// <summary>An open-addressing hash table. Its length is a power of two, and at most three quarters of it are in use.</summary>
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

    /// <summary>The kinds that have a pool.</summary>
    public IEnumerable<int> Kinds => _entries.Where(static entry => entry.Key != 0).Select(static entry => entry.Key - 1);

    /// <summary>The number of closures in use.</summary>
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

    /// <summary>The entry of a kind, or the free entry where it would be added.</summary>
    private static ref Entry Place(Entry[] entries, int kind)
    {
        int mask = entries.Length - 1, place = kind & mask;
        while (entries[place].Key != 0 && entries[place].Key != kind + 1)
            place = (place + 1) & mask;
        return ref entries[place];
    }

    private struct Entry
    {
        /// <summary>The kind plus one; zero if the entry is free.</summary>
        public int Key;
        public Pool Pool;
    }
}

using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>A growing FIFO that forgets what it hands out. It takes no memory before something is added.</summary>
/// <typeparam name="T">What is queued.</typeparam>
internal struct Ring<T>
    where T : class
{
    private const int Least = 2;
    private const int Kept = 4096;
    private Entry[]? _entries;
    private int _head;

    public int Count { get; private set; }

    /// <summary>An item by its place, the oldest at zero.</summary>
    public readonly T this[int index] => _entries![(_head + index) & (_entries.Length - 1)].Item!;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T item)
    {
        int count = Count;
        if (_entries is not { } entries || count == entries.Length)
            entries = Grow();
        entries[(_head + count) & (entries.Length - 1)].Item = item;
        Count = count + 1;
    }

    /// <summary>Takes the oldest. There must be one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Take()
    {
        var entries = _entries!;
        int head = _head;
        ref var entry = ref entries[head];
        var item = entry.Item!;
        entry.Item = null;
        _head = (head + 1) & (entries.Length - 1);
        Count--;
        return item;
    }

    /// <summary>Gives back what a peak took.</summary>
    public void Trim()
    {
        if (Count != 0 || _entries is not { Length: > Kept })
            return;
        _entries = null;
        _head = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Entry[] Grow()
    {
        var grown = new Entry[Math.Max(Least, 2 * Count)];
        for (int i = 0; i < Count; i++)
            grown[i] = _entries![(_head + i) & (_entries.Length - 1)];
        _head = 0;
        return _entries = grown;
    }

    /// <summary>A struct, so that storing needs no check of the array's element type.</summary>
    private struct Entry
    {
        public T? Item;
    }
}

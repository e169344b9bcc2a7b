namespace Tame.Stages;

/// <summary>The items of one key: at most one of them can be handled now, the others wait in line. Guarded by the stage's lock.</summary>
internal abstract class KeyLine<T>
{
    /// <summary>Entries that wait for the one that is queued or being handled.</summary>
    public EntryRing<T> Waiting;

    /// <summary>One of its entries is queued or being handled.</summary>
    public bool IsBusy;

    /// <summary>The number of entries and offers that use the line. At zero it leaves the table.</summary>
    public int Users;
}

/// <summary>The lines of all keys of which the stage has items. Guarded by the stage's lock, except for the key's own function.</summary>
internal abstract class KeyTable<T>
{
    /// <summary>The line of an item's key, with one more user. Takes the lock itself, because the key's function must not run inside it.</summary>
    public abstract KeyLine<T> Find(T item, Lock gate);

    /// <summary>Removes a user of a line.</summary>
    public abstract void Release(KeyLine<T> line);

    /// <summary>All entries that wait in line, in the order of each key.</summary>
    public abstract void TakeAll(List<Entry<T>> target);
}

/// <inheritdoc/>
internal sealed class KeyTable<T, TKey>(Func<T, TKey> key, IEqualityComparer<TKey>? comparer) : KeyTable<T>
    where TKey : notnull
{
    private const int Kept = 256;
    private readonly Dictionary<TKey, Line> _lines = new(comparer);
    private readonly Stack<Line> _free = new();

    public override KeyLine<T> Find(T item, Lock gate)
    {
        var found = key(item);
        lock (gate)
        {
            if (!_lines.TryGetValue(found, out var line))
            {
                line = _free.TryPop(out var free) ? free : new Line();
                line.Key = found;
                _lines.Add(found, line);
            }
            line.Users++;
            return line;
        }
    }

    public override void Release(KeyLine<T> line)
    {
        if (--line.Users != 0)
            return;
        var own = (Line)line;
        _lines.Remove(own.Key);
        own.Key = default!;
        own.IsBusy = false;
        if (_free.Count < Kept)
            _free.Push(own);
    }

    public override void TakeAll(List<Entry<T>> target)
    {
        foreach (var line in _lines.Values)
        {
            while (line.Waiting.Count != 0)
                target.Add(line.Waiting.Take());
        }
    }

    private sealed class Line : KeyLine<T>
    {
        public TKey Key = default!;
    }
}

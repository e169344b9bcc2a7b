using System.Collections;

namespace Tame.Stages;

/// <summary>The items that a handler gets at once. It is used again for other items when the handler is done, so do not keep it.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <remarks>For the handler alone, on its loop or its thread.</remarks>
public sealed class StageBatch<T> : IReadOnlyList<T>
{
    private Entry<T>[] _entries = [];

    internal StageBatch()
    {
    }

    /// <summary>How many items there are; at least one.</summary>
    public int Count { get; private set; }

    internal long Began { get; private set; }

    private Stage<T>? Stage { get; set; }

    /// <summary>An item, the first at zero.</summary>
    /// <param name="index">Its place.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public T this[int index] => At(index).Item;

    /// <summary>Completes the event of one item, ahead of the others. For an item that was completed or failed before it does nothing.</summary>
    /// <param name="index">The place of the item.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public void Complete(int index)
    {
        ref var entry = ref At(index);
        if (entry.IsTold)
            return;
        entry.IsTold = true;
        entry.Done.Trigger();
    }

    /// <summary>Fails one item: its event, or where it has none, as an exception of the handler. The others go on. For an item that was completed or failed before it does nothing.</summary>
    /// <param name="index">The place of the item.</param>
    /// <param name="error">The error.</param>
    /// <exception cref="ArgumentNullException">The error is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public void Fail(int index, Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        ref var entry = ref At(index);
        if (entry.IsTold)
            return;
        entry.IsTold = true;
        Stage!.FailAlone(entry.Done, error);
    }

    /// <summary>Goes through the items in their order.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal ref Entry<T> At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return ref _entries[index];
    }

    internal void Open(Stage<T> stage, long now) => (Stage, Began) = (stage, now);

    internal void Add(in Entry<T> entry)
    {
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Math.Max(16, 2 * Count));
        _entries[Count++] = entry;
    }

    internal void Clear()
    {
        Array.Clear(_entries, 0, Count);
        Count = 0;
    }

    /// <summary>Goes through the items of a batch.</summary>
    public struct Enumerator : IEnumerator<T>
    {
        private readonly StageBatch<T> _batch;
        private int _at;

        internal Enumerator(StageBatch<T> batch) => (_batch, _at) = (batch, -1);

        /// <inheritdoc/>
        public readonly T Current => _batch[_at];

        readonly object? IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext() => ++_at < _batch.Count;

        /// <inheritdoc/>
        public void Reset() => _at = -1;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}

using System.Collections;

namespace Tame.Stages;

/// <summary>The items that a handler gets at once. The stage reuses it when the handler is done, so do not keep it.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <remarks>Only for the handler, on its loop or its thread.</remarks>
public sealed class StageBatch<T> : IReadOnlyList<T>
{
    private Entry<T>[] _entries = [];

    internal StageBatch()
    {
    }

    /// <summary>The number of items; at least one.</summary>
    public int Count { get; private set; }

    internal long Began { get; private set; }

    private Stage<T>? Stage { get; set; }

    /// <summary>Gets an item; the first has index zero.</summary>
    /// <param name="index">The index of the item.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is out of range.</exception>
    public T this[int index] => At(index).Item;

    /// <summary>Completes the event of one item before the others. It does nothing for an item that was completed or failed before.</summary>
    /// <param name="index">The index of the item.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is out of range.</exception>
    public void Complete(int index)
    {
        ref var entry = ref At(index);
        if (entry.IsTold)
            return;
        entry.IsTold = true;
        entry.Done.Trigger();
    }

    /// <summary>Fails the event of one item. Without an event, the failure is treated like an exception of the handler. The other items continue. It does nothing for an item that was completed or failed before.</summary>
    /// <param name="index">The index of the item.</param>
    /// <param name="error">The error.</param>
    /// <exception cref="ArgumentNullException">The error is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The index is out of range.</exception>
    public void Fail(int index, Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        ref var entry = ref At(index);
        if (entry.IsTold)
            return;
        entry.IsTold = true;
        Stage!.FailAlone(entry.Done, error);
    }

    /// <summary>Enumerates the items in their order.</summary>
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

    /// <summary>Enumerates the items of a batch.</summary>
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

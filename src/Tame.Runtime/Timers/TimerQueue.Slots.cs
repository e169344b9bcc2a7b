using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>The slots: how entries are added to them, ordered, and removed.</summary>
internal partial class TimerQueue<TTarget>
{
    private const int None = -1;

    private readonly TimerChunks _chunks = new();

    // The earliest deadline of one large unsorted slot, cached so that a loop that sleeps often need not search for it each time.
    private int _scannedSlot = None;
    private ulong _scannedKey;

    private void Append(int number, ulong key, int node)
    {
        ref Slot slot = ref Reach(number);
        if (slot.IsEmpty)
        {
            int only = _chunks.Rent(TimerChunks.None);
            Occupy(number, ref slot, only, only);
        }
        else
        {
            ref TimerChunk last = ref _chunks[slot.Tail];
            if (last[last.End - 1].Key > key)
                slot.IsUnsorted = true;
            if (number == _scannedSlot && key < _scannedKey)
                _scannedKey = key;
            if (last.IsFull)
                Extend(ref slot);
        }
        ref TimerChunk chunk = ref _chunks[slot.Tail];
        _pool.PlaceOf(node) = slot.Tail << TimerChunks.Bits | chunk.End;
        chunk.Add(key, node);
    }

    private void Extend(ref Slot slot)
    {
        int next = _chunks.Rent(slot.Tail);
        _chunks[slot.Tail].Next = next;
        slot.Tail = next;
    }

    /// <summary>Removes an entry from a chunk of a slot.</summary>
    private void Unlink(int number, int from, ref TimerChunk chunk, int index)
    {
        if (number == _scannedSlot && chunk[index].Key == _scannedKey)
            _scannedSlot = None;
        if (chunk.TryRemove(index))
            return;
        if (chunk.IsAlone)
            Vacate(number, ref SlotAt(number));
        else
            RemoveChunk(ref SlotAt(number), in chunk);
        _chunks.Return(from, ref chunk);
    }

    /// <summary>Removes a chunk from a slot that has others.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RemoveChunk(ref Slot slot, in TimerChunk chunk)
    {
        if (chunk.Previous != TimerChunks.None)
            _chunks[chunk.Previous].Next = chunk.Next;
        else
            slot.Head = chunk.Next;
        if (chunk.Next != TimerChunks.None)
            _chunks[chunk.Next].Previous = chunk.Previous;
        else
            slot.Tail = chunk.Previous;
    }

    /// <summary>Sorts a slot of one chunk in place; false if it holds more chunks.</summary>
    private bool TrySort(ref Slot slot)
    {
        if (slot.Head != slot.Tail)
            return false;
        _chunks[slot.Head].Sort();
        slot.IsUnsorted = false;
        return true;
    }

    private ulong FirstKeyIn(ref Slot slot)
    {
        ref TimerChunk chunk = ref _chunks[slot.Head];
        return chunk[chunk.First].Key;
    }

    private ulong EarliestKeyIn(int number)
    {
        if (_scannedSlot == number)
            return _scannedKey;
        ulong earliest = ulong.MaxValue;
        for (int next = SlotAt(number).Head; next != TimerChunks.None;)
        {
            ref TimerChunk chunk = ref _chunks[next];
            for (int i = chunk.First; i < chunk.End; i++)
            {
                if (chunk[i].IsSet)
                    earliest = Math.Min(earliest, chunk[i].Key);
            }
            next = chunk.Next;
        }
        (_scannedSlot, _scannedKey) = (number, earliest);
        return earliest;
    }

    /// <summary>A list of chunks.</summary>
    private struct Slot
    {
        public int Head;
        public int Tail;

        /// <summary>Whether the deadlines do not ascend in the order of setting.</summary>
        public bool IsUnsorted;

        public readonly bool IsEmpty => Tail == TimerChunks.None;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tame;

/// <summary>What a slot holds of a timer: its deadline, and the number of the node that knows the rest; -1 where the timer has left.</summary>
internal struct TimerEntry
{
    public ulong Key;
    public int Node;

    public readonly bool IsSet => Node >= 0;
}

/// <summary>A run of entries in one slot, in a list with the others of that slot. The first and the last entry are always of timers that are set.</summary>
internal struct TimerChunk
{
    public TimerEntry[] Entries;
    public int Next;
    public int Previous;
    public byte First;
    public byte End;

    /// <summary>Timers that are set: what lies between the first entry and the end, without those that have left.</summary>
    public byte Live;

    /// <summary>It is one of the intake: its keys are delays.</summary>
    public bool IsUndated;

    /// <summary>Its slot has no other chunk.</summary>
    public readonly bool IsAlone => (Next | Previous) == TimerChunks.None;

    public readonly bool IsFull => End == TimerChunks.Size;

    public readonly ref TimerEntry this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Entries), index);
    }

    public void Add(ulong key, int node)
    {
        ref TimerEntry entry = ref this[End++];
        entry.Key = key;
        entry.Node = node;
        Live++;
    }

    /// <summary>Where a timer stands that is in this chunk: most often where it was put.</summary>
    public readonly int IndexOf(int node, int hint)
    {
        if (hint >= First && hint < End && this[hint].Node == node)
            return hint;
        int index = First;
        while (this[index].Node != node)
            index++;
        return index;
    }

    /// <summary>Removes an entry that is set. False when it was the last one, so that the chunk has to leave.</summary>
    public bool TryRemove(int index)
    {
        if (--Live == 0)
            return false;
        if (index == First)
            while (!this[++First].IsSet) ;
        else if (index == End - 1)
            while (!this[--End - 1].IsSet) ;
        else
            this[index].Node = -1;
        return true;
    }

    /// <summary>
    /// Sorts by deadline, keeps the order of equal ones, and closes the gaps. The timers do not learn where they stand now, for most of them fire next.
    /// </summary>
    public void Sort()
    {
        int end = First;
        for (int i = First; i < End; i++)
        {
            TimerEntry entry = this[i];
            if (!entry.IsSet)
                continue;
            int place = end++;
            for (; place > First && this[place - 1].Key > entry.Key; place--)
                this[place] = this[place - 1];
            this[place] = entry;
        }
        End = (byte)end;
    }
}

/// <summary>
/// Holds the chunks of all slots. Entries lie in them by value, in the order of setting, so that timers go down the wheel as fast as memory is read;
/// a list through the timers themselves cost a miss of the cache for each step.
/// </summary>
internal sealed class TimerChunks
{
    /// <summary>Few enough to sort in place, and for a slot with a single timer; enough to make up for what a chunk costs.</summary>
    public const int Size = 1 << Bits;

    public const int Bits = 5;

    /// <summary>Unused chunks kept: a large slot that goes down a level needs one for each slot there, and another such level may be open.</summary>
    public const int Reserve = 512;

    /// <summary>No chunk has the number 0, so that a fresh slot is empty. What stands there is full, so that the intake need not ask.</summary>
    public const int None = 0;

    private TimerChunk[] _chunks = [new() { End = Size }, default, default, default];
    private int _count = 1;         // numbers in use, unused or vacant: the filled part of the array
    private int _unused;            // numbers of chunks in no slot, linked by Next
    private int _unusedCount;
    private int _vacant;            // numbers without entries, linked by Next

    /// <summary>Chunks that exist, unused ones included.</summary>
    public int Count { get; private set; }

    /// <summary>The chunk of that number, until the next one is rented.</summary>
    public ref TimerChunk this[int number]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_chunks), number);
    }

    /// <summary>Takes an empty chunk, which follows another one or none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Rent(int previous)
    {
        int number = _unused;
        if (number == None)
        {
            number = Make();
        }
        else
        {
            _unused = this[number].Next;
            _unusedCount--;
        }
        ref TimerChunk chunk = ref this[number];
        chunk.Previous = previous;
        chunk.Next = None;
        chunk.First = chunk.End = chunk.Live = 0;
        chunk.IsUndated = false;
        return number;
    }

    /// <summary>Takes back a chunk that has left its slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(int number, ref TimerChunk chunk)
    {
        if (_unusedCount == Reserve)
        {
            GiveBack(number);
            return;
        }
        chunk.Next = _unused;
        _unused = number;
        _unusedCount++;
    }

    private void GiveBack(int number)
    {
        ref TimerChunk chunk = ref this[number];
        chunk.Entries = null!;
        chunk.Next = _vacant;
        _vacant = number;
        Count--;
    }

    private int Make()
    {
        int number = _vacant;
        if (number != None)
        {
            _vacant = this[number].Next;
        }
        else
        {
            if (_count == _chunks.Length)
                Array.Resize(ref _chunks, 2 * _count);
            number = _count++;
        }
        this[number].Entries = new TimerEntry[Size];
        Count++;
        return number;
    }
}

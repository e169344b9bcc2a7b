using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tame;

/// <summary>
/// The part of a timer that a slot holds: its deadline, and the number of its node, which holds the rest. The number is -1 after the timer was removed.
/// </summary>
internal struct TimerEntry
{
    public ulong Key;
    public int Node;

    public readonly bool IsSet => Node >= 0;
}

/// <summary>A run of entries in one slot, linked with the slot's other chunks. The first and the last entry always belong to timers that are set.</summary>
internal struct TimerChunk
{
    public TimerEntry[] Entries;
    public int Next;
    public int Previous;
    public byte First;
    public byte End;

    /// <summary>The number of timers that are set: the entries between <see cref="First"/> and <see cref="End"/> without the removed ones.</summary>
    public byte Live;

    /// <summary>Whether the chunk belongs to the intake, where keys are delays.</summary>
    public bool IsUndated;

    /// <summary>Whether its slot has no other chunk.</summary>
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

    /// <summary>The index of a timer's entry in this chunk, which is usually the index where it was added.</summary>
    public readonly int IndexOf(int node, int hint)
    {
        if (hint >= First && hint < End && this[hint].Node == node)
            return hint;
        int index = First;
        while (this[index].Node != node)
            index++;
        return index;
    }

    /// <summary>Removes an entry that is set. False if it was the last one: the caller must then remove the chunk.</summary>
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
    /// Sorts by deadline, keeps the order of equal deadlines, and closes the gaps. It does not update the places that the pool holds, because most of these
    /// timers fire next.
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
/// Holds the chunks of all slots. Entries lie in them by value, in the order of setting, so that timers move down the wheel as fast as memory is read.
/// A linked list through the timers would cost a cache miss for each step.
/// </summary>
internal sealed class TimerChunks
{
    /// <summary>Small enough to sort in place, and to waste little in a slot with a single timer; large enough to make up for the cost of a chunk.</summary>
    public const int Size = 1 << Bits;

    public const int Bits = 5;

    /// <summary>
    /// How many unused chunks to keep. A large slot that moves down a level needs one for each slot there, and a second such level may be in use.
    /// </summary>
    public const int Reserve = 512;

    /// <summary>
    /// No chunk has the number 0, so that a default slot is empty. The array's entry for it counts as full, so that the intake need not check for it.
    /// </summary>
    public const int None = 0;

    private const int Least = 4;

    /// <summary>The array of a queue that has had no timer. Many loops have none. The entry for no chunk is only read.</summary>
    private static readonly TimerChunk[] s_none = [new() { End = Size }];

    private TimerChunk[] _chunks = s_none;
    private int _count = 1;         // numbers that are in use, unused or vacant: the filled part of the array
    private int _unused;            // numbers of chunks in no slot, linked by Next
    private int _unusedCount;
    private int _vacant;            // numbers without entries, linked by Next

    /// <summary>The number of chunks that exist, including unused ones.</summary>
    public int Count { get; private set; }

    /// <summary>The chunk with this number. The reference is valid until the next chunk is rented.</summary>
    public ref TimerChunk this[int number]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_chunks), number);
    }

    /// <summary>Takes an empty chunk, which follows the previous one, if any.</summary>
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

    /// <summary>Keeps a chunk that was removed from its slot for later use, or releases it.</summary>
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
                Array.Resize(ref _chunks, Math.Max(Least, 2 * _count));
            number = _count++;
        }
        this[number].Entries = new TimerEntry[Size];
        Count++;
        return number;
    }
}

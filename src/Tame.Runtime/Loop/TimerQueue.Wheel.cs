using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>The slots: where a timer stands, and how slots give way as the cursor moves.</summary>
internal sealed partial class TimerQueue<TTarget>
{
    private const int DigitBits = 6;
    private const int SlotsPerLevel = 1 << DigitBits;
    private const int Levels = (64 + DigitBits - 1) / DigitBits;
    private const int Few = 16;
    private const int None = -1;

    private readonly int[] _heads = new int[Levels * SlotsPerLevel];
    private readonly ulong[] _occupied = new ulong[Levels];
    private readonly ulong[] _unsorted = new ulong[Levels];    // slots whose deadlines do not ascend in the order of setting
    private uint _levels;                                      // levels with an occupied slot
    private ulong _cursor;

    // The earliest deadline of one large unsorted slot, so that a loop that sleeps often need not look for it each time.
    private int _scannedSlot = None;
    private ulong _scannedKey;

    private int FirstSlot
    {
        get
        {
            int level = BitOperations.TrailingZeroCount(_levels);
            return level << DigitBits | BitOperations.TrailingZeroCount(_occupied[level]);
        }
    }

    private static int LevelOf(ulong difference) => BitOperations.Log2(difference) / DigitBits;

    private static int DigitOf(ulong key, int level) => (int)(key >> level * DigitBits) & SlotsPerLevel - 1;

    private int SlotOf(ulong key)
    {
        int level = LevelOf(key ^ _cursor);
        return level << DigitBits | DigitOf(key, level);
    }

    /// <summary>The earliest deadline that a slot could hold: the cursor's higher digits, the slot's own, and zeros.</summary>
    private ulong StartOf(int slot)
    {
        int shift = (slot >> DigitBits) * DigitBits;
        return _cursor >> shift >> DigitBits << DigitBits << shift | (ulong)(slot & SlotsPerLevel - 1) << shift;
    }

    private bool IsOccupied(int slot) => (_occupied[slot >> DigitBits] >> (slot & SlotsPerLevel - 1) & 1) != 0;

    private bool IsUnsorted(int slot) => (_unsorted[slot >> DigitBits] >> (slot & SlotsPerLevel - 1) & 1) != 0;

    private void Append(int slot, int index, ref TimerEntry<TTarget> entry)
    {
        if (!IsOccupied(slot))
        {
            Occupy(slot, index);
            entry.Next = entry.Previous = index;
            return;
        }
        int head = _heads[slot];
        ref TimerEntry<TTarget> first = ref _pool[head];
        ref TimerEntry<TTarget> last = ref _pool[first.Previous];
        if (last.Key > entry.Key)
            _unsorted[slot >> DigitBits] |= 1UL << slot;
        entry.Previous = first.Previous;
        entry.Next = head;
        last.Next = index;
        first.Previous = index;
        if (slot == _scannedSlot && entry.Key < _scannedKey)
            _scannedKey = entry.Key;
    }

    private void Unlink(int slot, int index)
    {
        ref TimerEntry<TTarget> entry = ref _pool[index];
        if (slot == _scannedSlot && entry.Key == _scannedKey)
            _scannedSlot = None;
        if (entry.Next == index)
        {
            Vacate(slot);
            return;
        }
        _pool[entry.Next].Previous = entry.Previous;
        _pool[entry.Previous].Next = entry.Next;
        if (_heads[slot] == index)
            _heads[slot] = entry.Next;
    }

    private void Occupy(int slot, int head)
    {
        int level = slot >> DigitBits;
        _heads[slot] = head;
        _occupied[level] |= 1UL << slot;
        _levels |= 1u << level;
    }

    private void Vacate(int slot)
    {
        int level = slot >> DigitBits;
        _unsorted[level] &= ~(1UL << slot);
        if ((_occupied[level] &= ~(1UL << slot)) == 0)
            _levels &= ~(1u << level);
    }

    /// <summary>Moves the cursor to the start of the first slot, and what the slot holds to lower levels.</summary>
    private void Cascade(int slot)
    {
        int head = _heads[slot];
        _cursor = StartOf(slot);
        _scannedSlot = None;
        Vacate(slot);
        int index = head;
        do
        {
            ref TimerEntry<TTarget> entry = ref _pool[index];
            int next = entry.Next;
            Append(SlotOf(entry.Key), index, ref entry);
            index = next;
        }
        while (index != head);
    }

    /// <summary>Moves the cursor to a time at which nothing is due, unless that time lies in a slot that is occupied.</summary>
    private void Advance(ulong now)
    {
        if (now > _cursor && !IsOccupied(SlotOf(now)))
            _cursor = now;
    }

    /// <summary>Moves the cursor back to a deadline that has passed: whatever differs from it at one level shares a slot there.</summary>
    private void Rewind(ulong key)
    {
        int level = LevelOf(key ^ _cursor);
        int home = level << DigitBits | DigitOf(_cursor, level);
        _cursor = key;
        _scannedSlot = None;
        for (int lower = 0; lower < level; lower++)
        {
            for (ulong slots = _occupied[lower]; slots != 0; slots &= slots - 1)
                Splice(lower << DigitBits | BitOperations.TrailingZeroCount(slots), home);
        }
    }

    /// <summary>Appends one slot's timers, all later than those before them, to another slot.</summary>
    private void Splice(int slot, int home)
    {
        int head = _heads[slot];
        if (IsUnsorted(slot))
            _unsorted[home >> DigitBits] |= 1UL << home;
        Vacate(slot);
        if (!IsOccupied(home))
        {
            Occupy(home, head);
            return;
        }
        ref TimerEntry<TTarget> first = ref _pool[_heads[home]];
        ref TimerEntry<TTarget> added = ref _pool[head];
        (int last, int addedLast) = (first.Previous, added.Previous);
        _pool[last].Next = head;
        added.Previous = last;
        _pool[addedLast].Next = _heads[home];
        first.Previous = addedLast;
    }

    private ulong EarliestKeyIn(int slot)
    {
        if (_scannedSlot == slot)
            return _scannedKey;
        int head = _heads[slot];
        ulong earliest = _pool[head].Key;
        for (int index = _pool[head].Next; index != head; index = _pool[index].Next)
            earliest = Math.Min(earliest, _pool[index].Key);
        (_scannedSlot, _scannedKey) = (slot, earliest);
        return earliest;
    }

    /// <summary>Sorts a slot in place, keeping the order of equal deadlines; false where it holds too many for that.</summary>
    [SkipLocalsInit]
    private bool TrySortFew(int slot)
    {
        Span<(ulong Key, int Index)> few = stackalloc (ulong, int)[Few];
        int count = 0;
        int index = _heads[slot];
        do
        {
            if (count == Few)
                return false;
            ref TimerEntry<TTarget> entry = ref _pool[index];
            int place = count++;
            for (; place > 0 && few[place - 1].Key > entry.Key; place--)
                few[place] = few[place - 1];
            few[place] = (entry.Key, index);
            index = entry.Next;
        }
        while (index != _heads[slot]);
        Relink(slot, few[..count]);
        return true;
    }

    private void Relink(int slot, ReadOnlySpan<(ulong Key, int Index)> sorted)
    {
        int previous = sorted[^1].Index;
        foreach ((_, int index) in sorted)
        {
            _pool[previous].Next = index;
            _pool[index].Previous = previous;
            previous = index;
        }
        _heads[slot] = sorted[0].Index;
        _unsorted[slot >> DigitBits] &= ~(1UL << slot);
    }
}

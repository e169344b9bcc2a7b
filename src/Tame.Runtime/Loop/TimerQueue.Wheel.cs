using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>The slots: where a timer stands, and how slots give way as the cursor moves.</summary>
internal sealed partial class TimerQueue<TTarget>
{
    private const int DigitBits = 8;
    private const int SlotsPerLevel = 1 << DigitBits;
    private const int Levels = 64 / DigitBits;
    private const int WordBits = 6;
    private const int Words = Levels * SlotsPerLevel >> WordBits;
    private const int Few = 16;
    private const int None = -1;

    private readonly int[] _heads = new int[Levels * SlotsPerLevel];
    private readonly int[] _tails = new int[Levels * SlotsPerLevel];
    private readonly ulong[] _occupied = new ulong[Words];
    private readonly ulong[] _unsorted = new ulong[Words];     // slots whose deadlines do not ascend in the order of setting
    private uint _words;                                       // words with an occupied slot
    private ulong _cursor;

    // The earliest deadline of one large unsorted slot, so that a loop that sleeps often need not look for it each time.
    private int _scannedSlot = None;
    private ulong _scannedKey;

    private int FirstSlot
    {
        get
        {
            int word = BitOperations.TrailingZeroCount(_words);
            return word << WordBits | BitOperations.TrailingZeroCount(_occupied[word]);
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

    private bool IsOccupied(int slot) => (_occupied[slot >> WordBits] >> slot & 1) != 0;

    private bool IsUnsorted(int slot) => (_unsorted[slot >> WordBits] >> slot & 1) != 0;

    private void Append(int slot, int index, ref TimerLink entry)
    {
        entry.Next = None;
        if (!IsOccupied(slot))
        {
            entry.Previous = None;
            Occupy(slot, index);
        }
        else
        {
            int tail = _tails[slot];
            ref TimerLink last = ref _pool[tail];
            last.Next = index;
            entry.Previous = tail;
            if (last.Key > entry.Key)
                _unsorted[slot >> WordBits] |= 1UL << slot;
            if (slot == _scannedSlot && entry.Key < _scannedKey)
                _scannedKey = entry.Key;
        }
        _tails[slot] = index;
    }

    private void Unlink(int slot, ref TimerLink entry)
    {
        if (slot == _scannedSlot && entry.Key == _scannedKey)
            _scannedSlot = None;
        if (entry.Previous != None)
            _pool[entry.Previous].Next = entry.Next;
        else if (entry.Next != None)
            _heads[slot] = entry.Next;
        else
            Vacate(slot);
        if (entry.Next != None)
            _pool[entry.Next].Previous = entry.Previous;
        else
            _tails[slot] = entry.Previous;
    }

    private void Occupy(int slot, int head)
    {
        int word = slot >> WordBits;
        _heads[slot] = head;
        _occupied[word] |= 1UL << slot;
        _words |= 1u << word;
    }

    private void Vacate(int slot)
    {
        int word = slot >> WordBits;
        _unsorted[word] &= ~(1UL << slot);
        if ((_occupied[word] &= ~(1UL << slot)) == 0)
            _words &= ~(1u << word);
    }

    /// <summary>Moves the cursor to the start of the first slot, and what the slot holds to lower levels.</summary>
    private void Cascade(int slot)
    {
        int index = _heads[slot];
        _cursor = StartOf(slot);
        _scannedSlot = None;
        Vacate(slot);
        while (index != None)
        {
            ref TimerLink entry = ref _pool[index];
            int next = entry.Next;
            Append(SlotOf(entry.Key), index, ref entry);
            index = next;
        }
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
        int firstAbove = level << DigitBits >> WordBits;
        for (int word = 0; word < firstAbove; word++)
        {
            for (ulong slots = _occupied[word]; slots != 0; slots &= slots - 1)
                Splice(word << WordBits | BitOperations.TrailingZeroCount(slots), home);
        }
    }

    /// <summary>Appends one slot's timers, all later than those before them, to another slot.</summary>
    private void Splice(int slot, int home)
    {
        if (IsUnsorted(slot))
            _unsorted[home >> WordBits] |= 1UL << home;
        Vacate(slot);
        int head = _heads[slot];
        if (IsOccupied(home))
        {
            _pool[_tails[home]].Next = head;
            _pool[head].Previous = _tails[home];
        }
        else
        {
            Occupy(home, head);
        }
        _tails[home] = _tails[slot];
    }

    private ulong EarliestKeyIn(int slot)
    {
        if (_scannedSlot == slot)
            return _scannedKey;
        ulong earliest = ulong.MaxValue;
        for (int index = _heads[slot]; index != None; index = _pool[index].Next)
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
        for (int index = _heads[slot]; index != None;)
        {
            if (count == Few)
                return false;
            ref TimerLink entry = ref _pool[index];
            int place = count++;
            for (; place > 0 && few[place - 1].Key > entry.Key; place--)
                few[place] = few[place - 1];
            few[place] = (entry.Key, index);
            index = entry.Next;
        }
        Relink(slot, few[..count]);
        return true;
    }

    private void Relink(int slot, ReadOnlySpan<(ulong Key, int Index)> sorted)
    {
        _unsorted[slot >> WordBits] &= ~(1UL << slot);
        _heads[slot] = sorted[0].Index;
        _tails[slot] = sorted[^1].Index;
        int previous = None;
        for (int i = 0; i < sorted.Length; i++)
        {
            ref TimerLink entry = ref _pool[sorted[i].Index];
            entry.Previous = previous;
            entry.Next = i + 1 < sorted.Length ? sorted[i + 1].Index : None;
            previous = sorted[i].Index;
        }
    }
}

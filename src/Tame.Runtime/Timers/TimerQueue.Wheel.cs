using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tame;

/// <summary>The wheel: which slot a timer is in, and how timers change slots as the cursor moves.</summary>
internal partial class TimerQueue<TTarget>
{
    private const int DigitBits = 8;
    private const int SlotsPerLevel = 1 << DigitBits;
    private const int Levels = 64 / DigitBits;
    private const int WordBits = 6;
    private const int Words = Levels * SlotsPerLevel >> WordBits;

    private Slot[]?[] _levels = [];                             // created with the first timer, and each level on first use: most loops need four
    private ulong[] _occupied = [];
    private uint _words;                                        // words with an occupied slot
    private ulong _cursor;

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

    private int NumberOf(ulong key)
    {
        int level = LevelOf(key ^ _cursor);
        return level << DigitBits | DigitOf(key, level);
    }

    /// <summary>Creates the arrays, when the first timer is set. Many guest loops never have a timer.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Begin()
    {
        _levels = new Slot[Levels][];
        _occupied = new ulong[Words];
    }

    /// <summary>The earliest deadline that a slot can hold: the cursor's higher digits, the slot's digit, and zeros.</summary>
    private ulong StartOf(int number)
    {
        int shift = (number >> DigitBits) * DigitBits;
        return _cursor >> shift >> DigitBits << DigitBits << shift | (ulong)(number & SlotsPerLevel - 1) << shift;
    }

    private bool IsOccupied(int number) => (_occupied[number >> WordBits] >> number & 1) != 0;

    /// <summary>A slot of a level that exists.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Slot SlotAt(int number) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_levels[number >> DigitBits]!), number & SlotsPerLevel - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Slot Reach(int number)
    {
        _levels[number >> DigitBits] ??= new Slot[SlotsPerLevel];
        return ref SlotAt(number);
    }

    private void Occupy(int number, ref Slot slot, int head, int tail)
    {
        int word = number >> WordBits;
        slot = new Slot { Head = head, Tail = tail };
        _occupied[word] |= 1UL << number;
        _words |= 1u << word;
    }

    private void Vacate(int number, ref Slot slot)
    {
        int word = number >> WordBits;
        slot = default;
        if ((_occupied[word] &= ~(1UL << number)) == 0)
            _words &= ~(1u << word);
    }

    /// <summary>Moves the cursor to the start of the first slot, and the slot's timers to lower levels.</summary>
    private void Cascade(int number)
    {
        ref Slot slot = ref SlotAt(number);
        int chunk = slot.Head;
        _cursor = StartOf(number);
        _scannedSlot = None;
        Vacate(number, ref slot);
        while (chunk != TimerChunks.None)
        {
            TimerChunk from = _chunks[chunk];
            for (int i = from.First; i < from.End; i++)
            {
                TimerEntry entry = from[i];
                if (entry.IsSet)
                    Append(NumberOf(entry.Key), entry.Key, entry.Node);
            }
            _chunks.Return(chunk, ref _chunks[chunk]);
            chunk = from.Next;
        }
    }

    /// <summary>Moves the cursor to a time at which no timer is due, unless that time lies in an occupied slot.</summary>
    private void Advance(ulong now)
    {
        if (now > _cursor && (_words == 0 || !IsOccupied(NumberOf(now))))
            _cursor = now;
    }

    /// <summary>
    /// Moves the cursor back to a deadline that has passed. All timers of lower levels then move into one slot, at the level of the first different
    /// digit.
    /// </summary>
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

    /// <summary>Appends one slot's timers to another slot. They are all later than the timers in that slot.</summary>
    private void Splice(int number, int home)
    {
        Slot from = SlotAt(number);
        Vacate(number, ref SlotAt(number));
        ref Slot to = ref Reach(home);
        if (to.IsEmpty)
        {
            Occupy(home, ref to, from.Head, from.Tail);
        }
        else
        {
            _chunks[to.Tail].Next = from.Head;
            _chunks[from.Head].Previous = to.Tail;
            to.Tail = from.Tail;
        }
        to.IsUnsorted |= from.IsUnsorted;
    }
}

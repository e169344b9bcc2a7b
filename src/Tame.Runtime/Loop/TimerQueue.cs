using System.Diagnostics.CodeAnalysis;

namespace Tame;

/// <summary>
/// The timers of a loop, in the exact order of their deadlines and, where these are equal, of their setting: a wheel of wheels
/// around a cursor that follows the time. Setting and cancelling are O(1), and a cancelled timer leaves at once.
/// </summary>
/// <remarks>
/// The cursor is never later than any deadline. A timer stands at the level of the highest eight-bit digit in which its deadline
/// differs from the cursor, in the slot of that digit: so the first slot of the lowest level holds the earliest, equal deadlines
/// always share a slot, and a slot of the lowest level holds one deadline only. Within a slot timers stand as they were set.
/// While their deadlines ascend so too, the slot serves from its head; otherwise, when its time has come, a few are sorted in
/// place and many go down a level.
/// </remarks>
/// <typeparam name="TTarget">What a timer hands over when it is due.</typeparam>
internal sealed partial class TimerQueue<TTarget>
{
    private readonly TimerPool<TTarget> _pool = new();

    /// <summary>Timers that are set and have neither fired nor left.</summary>
    public int Count { get; private set; }

    /// <summary>Chunks of entries that exist: what a peak leaves behind.</summary>
    internal int Chunks => _pool.Chunks;

    /// <summary>The earliest deadline, exactly; null where no timer is set.</summary>
    public long? NextDue
    {
        get
        {
            if (_words == 0)
                return null;
            int slot = FirstSlot;
            if (!IsUnsorted(slot))
                return DueOf(_pool[_heads[slot]].Key);
            if (_scannedSlot != slot && TrySortFew(slot))
                return DueOf(_pool[_heads[slot]].Key);
            return DueOf(EarliestKeyIn(slot));
        }
    }

    /// <summary>Sets a timer; one that is due already fires at the next pop.</summary>
    public TimerNode Add(long dueTicks, TTarget target)
    {
        ulong key = KeyOf(dueTicks);
        if (key < _cursor)
            Rewind(key);
        TimerNode node = _pool.Rent(target);
        ref TimerLink entry = ref _pool[node.Index];
        entry.Key = key;
        Append(SlotOf(key), node.Index, ref entry);
        Count++;
        return node;
    }

    /// <summary>Cancels a timer; nothing happens where it has fired or left already.</summary>
    /// <returns>True when it was set; then with its target.</returns>
    public bool Remove(TimerNode node, [MaybeNullWhen(false)] out TTarget target)
    {
        target = default;
        if (!_pool.Holds(node))
            return false;
        target = _pool.TargetAt(node.Index);
        RemoveAt(node.Index);
        return true;
    }

    /// <summary>What the timer at an index hands over; a null reference where none is set there now.</summary>
    public ref readonly TTarget At(int index) => ref _pool.TargetAt(index);

    /// <summary>Cancels the timer that is set at an index.</summary>
    public void RemoveAt(int index)
    {
        ref TimerLink entry = ref _pool[index];
        Unlink(SlotOf(entry.Key), ref entry);
        _pool.Return(index);
        Count--;
    }

    /// <summary>Takes the earliest timer if it is due.</summary>
    public bool TryPopDue(long nowTicks, [MaybeNullWhen(false)] out TTarget target)
    {
        ulong now = KeyOf(nowTicks);
        while (_words != 0)
        {
            int slot = FirstSlot;
            if (StartOf(slot) > now)
                break;
            if (IsUnsorted(slot) && !TrySortFew(slot))
            {
                Cascade(slot);
                continue;
            }
            int head = _heads[slot];
            ref TimerLink entry = ref _pool[head];
            if (entry.Key > now)
                break;
            target = _pool.TargetAt(head);
            Unlink(slot, ref entry);
            _pool.Return(head);
            Count--;
            return true;
        }
        Advance(now);
        target = default;
        return false;
    }

    // Deadlines as unsigned numbers of the same order: digits then compare as the deadlines do.
    private static ulong KeyOf(long dueTicks) => (ulong)dueTicks ^ (1UL << 63);

    private static long DueOf(ulong key) => (long)(key ^ (1UL << 63));
}

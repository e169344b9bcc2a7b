using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

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
internal partial class TimerQueue<TTarget>
{
    private readonly TimerPool<TTarget> _pool = new();

    /// <summary>Timers that are set and have neither fired nor left.</summary>
    public int Count { get; private set; }

    /// <summary>Chunks of nodes and chunks of entries that exist: what a peak leaves behind.</summary>
    internal (int Nodes, int Entries) Chunks => (_pool.Chunks, _chunks.Count);

    /// <summary>The earliest deadline, exactly; null where no timer has one.</summary>
    public long? NextDue
    {
        get
        {
            if (_words == 0)
                return null;
            int number = FirstSlot;
            ref Slot slot = ref SlotAt(number);
            if (slot.IsUnsorted && !TrySort(ref slot))
                return DueOf(EarliestKeyIn(number));
            return DueOf(FirstKeyIn(ref slot));
        }
    }

    /// <summary>Sets a timer; one that is due already fires at the next pop.</summary>
    /// <returns>Its index, which may be another timer's once it has fired or left.</returns>
    public int Add(long dueTicks, in TTarget target)
    {
        Add(dueTicks, out int index) = target;
        return index;
    }

    /// <summary>The same, where the caller writes the target, which is empty.</summary>
    public ref TTarget Add(long dueTicks, out int index)
    {
        ref TTarget target = ref _pool.Rent(out index);
        Place(dueTicks, index);
        Count++;
        return ref target;
    }

    /// <summary>What the timer at an index hands over; a null reference where none is set there now.</summary>
    public ref TTarget At(int index) => ref _pool.TargetAt(index);

    /// <summary>Cancels the timer that is set at an index.</summary>
    public void RemoveAt(int index) => RemoveAt(index, ref _pool.TargetAt(index));

    /// <summary>The same, where the caller has found the target by <see cref="At"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RemoveAt(int index, ref TTarget target)
    {
        int place = _pool.PlaceOf(index);
        int number = place >> TimerChunks.Bits;
        ref TimerChunk chunk = ref _chunks[number];
        if (chunk.IsUndated)
            RemoveUndated(number, ref chunk, place & TimerChunks.Size - 1);
        else
            RemoveDated(number, ref chunk, index, place & TimerChunks.Size - 1);
        _pool.Return(index, ref target);
        Count--;
    }

    /// <summary>Takes the earliest timer if it is due.</summary>
    public bool TryPopDue(long nowTicks, [MaybeNullWhen(false)] out TTarget target)
    {
        ulong now = KeyOf(nowTicks);
        int number = FirstDueSlot(now);
        if (number == None)
        {
            Advance(now);
            target = default;
            return false;
        }
        int head = SlotAt(number).Head;
        ref TimerChunk chunk = ref _chunks[head];
        int node = chunk[chunk.First].Node;
        ref TTarget found = ref _pool.TargetAt(node);
        target = found;
        Unlink(number, head, ref chunk, chunk.First);
        _pool.Return(node, ref found);
        Count--;
        return true;
    }

    /// <summary>Puts a timer into the wheel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Place(long dueTicks, int node)
    {
        if (_occupied.Length == 0)
            Begin();
        ulong key = KeyOf(dueTicks);
        if (key < _cursor)
            Rewind(key);
        Append(NumberOf(key), key, node);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RemoveDated(int number, ref TimerChunk chunk, int node, int hint)
    {
        int i = chunk.IndexOf(node, hint);
        Unlink(NumberOf(chunk[i].Key), number, ref chunk, i);
    }

    /// <summary>The first slot, in order, when its first timer is due.</summary>
    private int FirstDueSlot(ulong now)
    {
        while (_words != 0)
        {
            int number = FirstSlot;
            if (StartOf(number) > now)
                break;
            ref Slot slot = ref SlotAt(number);
            if (!slot.IsUnsorted || TrySort(ref slot))
                return FirstKeyIn(ref slot) <= now ? number : None;
            Cascade(number);
        }
        return None;
    }

    // Deadlines as unsigned numbers of the same order: digits then compare as the deadlines do.
    private static ulong KeyOf(long dueTicks) => (ulong)dueTicks ^ (1UL << 63);

    private static long DueOf(ulong key) => (long)(key ^ (1UL << 63));
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// The timers of a loop, in the exact order of their deadlines. Timers with equal deadlines keep the order of setting. The data structure is a
/// hierarchical timer wheel with a cursor that follows the time. Setting and cancelling are O(1), and a cancelled timer is removed at once.
/// </summary>
/// <remarks>
/// The cursor is never later than any deadline. A timer is at the level of the highest eight-bit digit in which its deadline differs from
/// the cursor, in the slot of that digit. So the first slot of the lowest level in use holds the earliest timer, equal deadlines always
/// share a slot, and a slot of level 0 holds only one deadline. A slot keeps its timers in the order of setting. While their deadlines
/// ascend in that order, the timers fire from the slot's head. Otherwise, when the slot's time has come, one chunk of timers is sorted in
/// place, and a larger slot moves down a level.
/// </remarks>
/// <typeparam name="TTarget">What a timer returns when it is due.</typeparam>
internal partial class TimerQueue<TTarget>
{
    private readonly TimerPool<TTarget> _pool = new();

    /// <summary>The number of timers that are set and have neither fired nor been removed.</summary>
    public int Count { get; private set; }

    /// <summary>The number of chunks of nodes and of chunks of entries that exist: the memory that is kept after a peak.</summary>
    internal (int Nodes, int Entries) Chunks => (_pool.Chunks, _chunks.Count);

    /// <summary>The exact earliest deadline; null if no timer has one.</summary>
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

    /// <summary>Sets a timer. A timer that is already due fires at the next pop.</summary>
    /// <returns>Its index. After the timer has fired or been removed, another timer may get the same index.</returns>
    public int Add(long dueTicks, in TTarget target)
    {
        Add(dueTicks, out int index) = target;
        return index;
    }

    /// <summary>Sets a timer and returns its empty target, which the caller writes.</summary>
    public ref TTarget Add(long dueTicks, out int index)
    {
        ref TTarget target = ref _pool.Rent(out index);
        Place(dueTicks, index);
        Count++;
        return ref target;
    }

    /// <summary>The target of the timer at an index; a null reference if no timer is set there.</summary>
    public ref TTarget At(int index) => ref _pool.TargetAt(index);

    /// <summary>Cancels the timer that is set at an index.</summary>
    public void RemoveAt(int index) => RemoveAt(index, ref _pool.TargetAt(index));

    /// <summary>Cancels the timer that is set at an index, whose target the caller has found by <see cref="At"/>.</summary>
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

    /// <summary>The first slot, brought into order, if its first timer is due; otherwise <see cref="None"/>.</summary>
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

    // A deadline as an unsigned number of the same order, so that its digits compare as the deadlines do.
    private static ulong KeyOf(long dueTicks) => (ulong)dueTicks ^ (1UL << 63);

    private static long DueOf(ulong key) => (long)(key ^ (1UL << 63));
}

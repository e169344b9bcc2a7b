using System.Numerics;

namespace Tame;

/// <summary>
/// Prefetching: the timers that are due next lie anywhere in memory, and with many timers most of the cost is to wait for memory. So the processor fetches
/// the events of a chunk of timers at a time, and their targets one chunk earlier.
/// </summary>
internal partial class TimerQueue<TTarget>
{
    /// <summary>The chunk whose targets were prefetched. Another chunk may have its number by now, which costs only time.</summary>
    private int _fetched;

    /// <summary>
    /// The timers of one chunk that are due first, in the order of their deadlines. Some may have been removed. The span is valid until the queue changes.
    /// </summary>
    public ReadOnlySpan<TimerEntry> PeekDue(long nowTicks)
    {
        ulong now = KeyOf(nowTicks);
        int number = FirstDueSlot(now);
        if (number == None)
            return [];
        int head = SlotAt(number).Head;
        ref TimerChunk chunk = ref _chunks[head];
        int next = chunk.Next != TimerChunks.None ? chunk.Next : HeadAfter(number);
        if (head != _fetched)
            Fetch(in chunk);
        if (next != TimerChunks.None)
            Fetch(in _chunks[next]);
        _fetched = next;

        int end = chunk.End;
        while (chunk[end - 1].Key > now)
            end--;
        return chunk.Entries.AsSpan(chunk.First, end - chunk.First);
    }

    /// <summary>The first chunk of the next slot, unless its bit is in another word.</summary>
    private int HeadAfter(int number)
    {
        int word = number >> WordBits;
        ulong after = _occupied[word] & ulong.MaxValue << number << 1;
        return after == 0 ? TimerChunks.None : SlotAt(word << WordBits | BitOperations.TrailingZeroCount(after)).Head;
    }

    private void Fetch(in TimerChunk chunk)
    {
        for (int i = chunk.First; i < chunk.End; i++)
        {
            if (chunk[i].IsSet)
                _pool.Prefetch(chunk[i].Node);
        }
    }
}

using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>The free lifelines, closures, blocks and entries of the loop, and its numbers.</summary>
public sealed partial class EventLoop
{
    internal readonly Inbox Inbox = new();
    internal readonly SuspicionList Suspicions = new();
    internal Pool Lifelines;
    internal Pool NestedBlocks;
    internal Pool TriggerHooks;
    internal Pool TimerHooks;
    internal Pool TimeoutHooks;
    internal Pool OutsideWorkHooks;
    internal Pool Entries;
    private Pool _slotSets;
    private Pool[] _pools = new Pool[8];
    private long _nextNumber;

    /// <summary>Takes numbers in a row for new events.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal long TakeNumbers(int count)
    {
        long first = _nextNumber;
        _nextNumber = first + count;
        return first;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Lifeline RentLifeline(Source source)
    {
        var lifeline = Unsafe.As<Lifeline?>(Lifelines.Rent()) ?? new Lifeline(this);
        lifeline.Source = source;
        return lifeline;
    }

    internal SlotSet RentSlotSet() => Unsafe.As<SlotSet?>(_slotSets.Rent()) ?? new SlotSet();

    internal TriggerHook RentTriggerHook(Event target, Lifeline lifeline)
    {
        var hook = Unsafe.As<TriggerHook?>(TriggerHooks.Rent()) ?? new TriggerHook(this);
        hook.Aim(target, lifeline);
        return hook;
    }

    internal void Return(SlotSet? set)
    {
        if (set is null)
            return;
        set.Clear();
        _slotSets.Return(set);
    }

    internal ref Pool PoolAt(int pool) => ref _pools[pool];

    /// <summary>How many free objects a pool holds.</summary>
    internal int CountIn(int pool) => pool < _pools.Length ? _pools[pool].Count : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Work? Rent(int pool)
    {
        var pools = _pools;
        return (uint)pool < (uint)pools.Length ? pools[pool].Rent() : RentFirst(pool);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Return(int pool, Work work)
    {
        _pools[pool].Return(work);
    }

    /// <summary>A closure that is out of that pool will not come back.</summary>
    internal void NoteGone(int pool) => _pools[pool].NoteGone();

    internal void TrimPools()
    {
        NestedBlocks.Trim();
        TriggerHooks.Trim();
        TimerHooks.Trim();
        TimeoutHooks.Trim();
        OutsideWorkHooks.Trim();
        Entries.Trim();
        _slotSets.Trim();
        foreach (ref var pool in _pools.AsSpan())
            pool.Trim();
        Lifelines.Trim();
        _calls.Trim();
        _asap.Trim();
        _ready.Trim();
        _chain.Trim();
        _descriptors?.Trim();
    }

    private void ClearPools()
    {
#if DEBUG
        CloseBooks();
#endif
        NestedBlocks.Clear();
        foreach (ref var pool in _pools.AsSpan())
            pool.Clear();
        Lifelines.Clear();     // after the blocks, which give theirs back
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Work? RentFirst(int pool)
    {
        Array.Resize(ref _pools, Math.Max(pool + 1, _pools.Length * 2));
        return _pools[pool].Rent();
    }
}

/// <summary>Gives each loop its own range of event numbers.</summary>
internal static class LoopSerial
{
    private const int Shift = 48;
    private static int s_last;

    /// <summary>The first number of a loop. Zero, the mark of a complete event, is in no loop's range.</summary>
    public static long Take() => ((long)(Interlocked.Increment(ref s_last) & short.MaxValue) << Shift) + 1;
}

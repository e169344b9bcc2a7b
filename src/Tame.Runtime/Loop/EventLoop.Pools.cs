using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>The free tokens, closures, blocks and records of the loop, and its numbers.</summary>
public sealed partial class EventLoop
{
    internal readonly Inbox Inbox = new();
    internal readonly SuspicionList Suspicions = new();
    internal Pool Tokens;
    internal Pool NestedBlocks;
    internal Pool TriggerHooks;
    internal Pool TimerHooks;
    internal Pool TimeoutHooks;
    internal Pool OutsideWorkHooks;
    internal Pool Records;
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
    internal Token RentToken(Source source)
    {
        var token = Unsafe.As<Token?>(Tokens.Rent()) ?? new Token(this);
        token.Source = source;
        return token;
    }

    internal SlotSet RentSlotSet() => Unsafe.As<SlotSet?>(_slotSets.Rent()) ?? new SlotSet();

    internal TriggerHook RentTriggerHook(Event target, Token token)
    {
        var hook = Unsafe.As<TriggerHook?>(TriggerHooks.Rent()) ?? new TriggerHook(this);
        hook.Aim(target, token);
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
    internal void Forget(int pool) => _pools[pool].Forget();

    internal void TrimPools()
    {
        NestedBlocks.Trim();
        TriggerHooks.Trim();
        TimerHooks.Trim();
        TimeoutHooks.Trim();
        OutsideWorkHooks.Trim();
        Records.Trim();
        _slotSets.Trim();
        foreach (ref var pool in _pools.AsSpan())
            pool.Trim();
        Tokens.Trim();
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
        Tokens.Clear();     // after the blocks, which give theirs back
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

using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>The free objects of one loop. Use it on the loop's thread.</summary>
internal struct LoopPools(bool isOfGuest)
{
    private readonly bool _isOfGuest = isOfGuest;
    public Pool Lifelines;
    public Pool NestedBlocks;
    public Pool Entries;

    /// <summary>Pools of generated closures and of entries with ids, by <see cref="PoolIndex"/>. Empty in a guest.</summary>
    private Pool[] _kinds = [];

    /// <summary>The same pools of a guest. Null in other loops, and before the first one is used.</summary>
    private SparsePools? _sparse;

    /// <summary>Null before the first use of a hook or a set of slots.</summary>
    private HookPools? _hooks;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lifeline RentLifeline(EventLoop loop, Source source)
    {
        var lifeline = Unsafe.As<Lifeline?>(Lifelines.Rent()) ?? new Lifeline(loop);
        lifeline.Source = source;
        return lifeline;
    }

    public ref Pool TriggerHooks => ref Hooks.Triggers;

    public ref Pool TimerHooks => ref Hooks.Timers;

    public ref Pool TimeoutHooks => ref Hooks.Timeouts;

    public ref Pool OutsideWorkHooks => ref Hooks.OutsideWork;

    private HookPools Hooks => _hooks ??= new HookPools();

    public SlotSet RentSlotSet() => Unsafe.As<SlotSet?>(Hooks.SlotSets.Rent()) ?? new SlotSet();

    public void Return(SlotSet? set)
    {
        if (set is null)
            return;
        set.Clear();
        Hooks.SlotSets.Return(set);
    }

    /// <summary>The number of closures in use. Any thread may read it.</summary>
    public readonly int CountLiveCalls()
    {
        var kinds = _kinds;
        int count = Volatile.Read(in _sparse)?.CountLive() ?? 0;
        for (int i = 0; i < kinds.Length; i++)
            count += PoolIndex.IsOfClosures(i) ? kinds[i].InUse : 0;
        return count;
    }

    public ref Pool OfKind(int kind)
    {
        var kinds = _kinds;
        return ref (uint)kind < (uint)kinds.Length ? ref kinds[kind] : ref OfKindElsewhere(kind);
    }

    /// <summary>The number of free objects in the pool of a kind.</summary>
    public int CountOf(int kind) => OfKind(kind).Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Work? Rent(int kind)
    {
        var kinds = _kinds;
        return (uint)kind < (uint)kinds.Length ? kinds[kind].Rent() : RentElsewhere(kind);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(int kind, Work work)
    {
        var kinds = _kinds;
        if ((uint)kind < (uint)kinds.Length)
            kinds[kind].Return(work);
        else
            ReturnElsewhere(kind, work);
    }

    /// <summary>Records that an object outside the pool of its kind will not return to it.</summary>
    public void NoteGone(int kind) => OfKind(kind).NoteGone();

    /// <summary>Drops a part of the objects that were not used recently.</summary>
    public void Trim()
    {
        NestedBlocks.Trim();
        Entries.Trim();
        _hooks?.Trim();
        _sparse?.Trim();
        foreach (ref var pool in _kinds.AsSpan())
            pool.Trim();
        Lifelines.Trim();
    }

    /// <summary>Drops all lifelines and all objects that hold one, when the loop ends.</summary>
    public void Clear()
    {
        NestedBlocks.Clear();
        foreach (ref var pool in _kinds.AsSpan())
            pool.Clear();
        _sparse?.Clear();
        Lifelines.Clear();     // after the blocks, which return their lifelines
    }

#if DEBUG
    /// <summary>The number of objects, by kind, that were created or rented and were neither returned nor counted as gone.</summary>
    public readonly Dictionary<string, int> CountOutside()
    {
        var sparse = _sparse;
        Pool[] kinds = [.. _kinds, .. sparse?.Kinds.Select(kind => sparse[kind]) ?? []];
        int lifelinesOfFreeBlocks = NestedBlocks.CountFree(HasLifeline) + kinds.Sum(pool => pool.CountFree(HasLifeline));
        var hooks = _hooks ?? new HookPools();
        var outside = new Dictionary<string, int>
        {
            ["lifelines"] = Lifelines.Outside - lifelinesOfFreeBlocks,
            ["nested blocks"] = NestedBlocks.Outside,
            ["trigger hooks"] = hooks.Triggers.Outside,
            ["timer hooks"] = hooks.Timers.Outside,
            ["timeout hooks"] = hooks.Timeouts.Outside,
            ["outside work hooks"] = hooks.OutsideWork.Outside,
            ["entries"] = Entries.Outside,
            ["slot sets"] = hooks.SlotSets.Outside,
            ["closures and entries with ids"] = kinds.Sum(pool => pool.Outside),
        };
        return outside.Where(kind => kind.Value != 0).ToDictionary();
    }

    /// <summary>A block keeps its lifeline for its next use, even while the block is free.</summary>
    private static bool HasLifeline(Work work) => work is Block { HasLifeline: true };
#endif

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Work? RentElsewhere(int kind) => OfKindElsewhere(kind).Rent();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReturnElsewhere(int kind, Work work) => OfKindElsewhere(kind).Return(work);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref Pool OfKindElsewhere(int kind)
    {
        if (_isOfGuest)
            return ref (_sparse ??= new SparsePools())[kind];
        Array.Resize(ref _kinds, Math.Max(kind + 1, _kinds.Length * 2));
        return ref _kinds[kind];
    }
}

/// <summary>Pools of objects that many loops never use.</summary>
internal sealed class HookPools
{
    public Pool Triggers;
    public Pool Timers;
    public Pool Timeouts;
    public Pool OutsideWork;
    public Pool SlotSets;

    public void Trim()
    {
        Triggers.Trim();
        Timers.Trim();
        Timeouts.Trim();
        OutsideWork.Trim();
        SlotSets.Trim();
    }
}

using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>The free objects of one loop. On the loop's thread.</summary>
internal struct LoopPools()
{
    public Pool Lifelines;
    public Pool NestedBlocks;
    public Pool TriggerHooks;
    public Pool TimerHooks;
    public Pool TimeoutHooks;
    public Pool OutsideWorkHooks;
    public Pool Entries;
    private Pool _slotSets;

    /// <summary>Pools of generated closures and of entries with ids, by <see cref="PoolIndex"/>.</summary>
    private Pool[] _kinds = [];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lifeline RentLifeline(EventLoop loop, Source source)
    {
        var lifeline = Unsafe.As<Lifeline?>(Lifelines.Rent()) ?? new Lifeline(loop);
        lifeline.Source = source;
        return lifeline;
    }

    public SlotSet RentSlotSet() => Unsafe.As<SlotSet?>(_slotSets.Rent()) ?? new SlotSet();

    public void Return(SlotSet? set)
    {
        if (set is null)
            return;
        set.Clear();
        _slotSets.Return(set);
    }

    /// <summary>How many closures are in use. Any thread may ask.</summary>
    public readonly int CountLiveCalls()
    {
        var kinds = _kinds;
        int count = 0;
        for (int i = 0; i < kinds.Length; i++)
            count += PoolIndex.IsOfClosures(i) ? kinds[i].InUse : 0;
        return count;
    }

    public readonly ref Pool OfKind(int kind) => ref _kinds[kind];

    /// <summary>How many free objects the pool of a kind holds.</summary>
    public readonly int CountOf(int kind) => kind < _kinds.Length ? _kinds[kind].Count : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Work? Rent(int kind)
    {
        var kinds = _kinds;
        return (uint)kind < (uint)kinds.Length ? kinds[kind].Rent() : RentFirst(kind);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Return(int kind, Work work) => _kinds[kind].Return(work);

    /// <summary>An object that is out of the pool of a kind will not come back.</summary>
    public readonly void NoteGone(int kind) => _kinds[kind].NoteGone();

    /// <summary>Drops a part of what was not used lately.</summary>
    public void Trim()
    {
        NestedBlocks.Trim();
        TriggerHooks.Trim();
        TimerHooks.Trim();
        TimeoutHooks.Trim();
        OutsideWorkHooks.Trim();
        Entries.Trim();
        _slotSets.Trim();
        foreach (ref var pool in _kinds.AsSpan())
            pool.Trim();
        Lifelines.Trim();
    }

    /// <summary>Drops all objects that hold or are lifelines, when the loop ends.</summary>
    public void Clear()
    {
        NestedBlocks.Clear();
        foreach (ref var pool in _kinds.AsSpan())
            pool.Clear();
        Lifelines.Clear();     // after the blocks, which give theirs back
    }

#if DEBUG
    /// <summary>What was made or rented and neither came back nor was counted as gone, by kind of object.</summary>
    public readonly Dictionary<string, int> CountOutside()
    {
        int lifelinesOfFreeBlocks = NestedBlocks.CountFree(HasLifeline) + _kinds.Sum(pool => pool.CountFree(HasLifeline));
        var outside = new Dictionary<string, int>
        {
            ["lifelines"] = Lifelines.Outside - lifelinesOfFreeBlocks,
            ["nested blocks"] = NestedBlocks.Outside,
            ["trigger hooks"] = TriggerHooks.Outside,
            ["timer hooks"] = TimerHooks.Outside,
            ["timeout hooks"] = TimeoutHooks.Outside,
            ["outside work hooks"] = OutsideWorkHooks.Outside,
            ["entries"] = Entries.Outside,
            ["slot sets"] = _slotSets.Outside,
            ["closures and entries with ids"] = _kinds.Sum(pool => pool.Outside),
        };
        return outside.Where(kind => kind.Value != 0).ToDictionary();
    }

    /// <summary>A block keeps its lifeline for its next use, also while it is free.</summary>
    private static bool HasLifeline(Work work) => work is Block { HasLifeline: true };
#endif

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Work? RentFirst(int kind)
    {
        Array.Resize(ref _kinds, Math.Max(kind + 1, _kinds.Length * 2));
        return _kinds[kind].Rent();
    }
}

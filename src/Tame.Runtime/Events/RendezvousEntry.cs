using System.Diagnostics;
using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>An event of an explicit rendezvous. It is waiting, then ready, then joined, and then kept for the next event or returned to its pool.</summary>
internal class RendezvousEntry : Source
{
    public RendezvousBase? Owner;

    /// <summary>The method that created the event. It stays from one use to the next, because usually it is the same.</summary>
    public ClosureType? Site;

    /// <summary>The call whose closure contains the event's slot.</summary>
    public Closure? SlotOwner;
    public Exception? Error;

    /// <summary>In a ready entry: the lower part of its event's number, stored in the line, which is no longer needed.</summary>
    public int CompletedNumber => First.Line;

    /// <summary>The part of an event's number that an entry keeps. It is never negative, because in debug builds a negative line means a free entry.</summary>
    public static int Short(long number) => (int)number & int.MaxValue;

    /// <summary>Makes the event pending and returns its lifeline.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lifeline Open(Closure maker, object? target, nint offset, int line)
    {
        var loop = maker.Loop!;
        var lifeline = OpenFirst(loop, target, offset);
        First.Line = line;
        var site = maker.Type;
        if (!ReferenceEquals(Site, site))
            Site = site;
        return lifeline;
    }

    internal override void Complete(Lifeline lifeline, ref Cell cell, Exception? error)
    {
        var loop = lifeline.Loop;
        lifeline.Release();
        cell.Line = Short(cell.Number);
        Complete(loop, error);
    }

    internal override LostEventException Lose(long last)
    {
        var loss = LostEvents.Of(Site!, First.Line);
        Complete(Owner!.Loop!, loss);
        return loss;
    }

    internal override void AddWaiters(WaiterSearch search) => Owner?.AddWaiter(search);

    /// <summary>Marks the event complete and releases the call that it could write to. Returns the hooks.</summary>
    public Hook? Close(EventLoop loop)
    {
        var hooks = First.Close(loop);
        if (SlotOwner is { } slotOwner)
        {
            SlotOwner = null;
            slotOwner.Release();
        }
        return hooks;
    }

    /// <summary>Called when the event is joined.</summary>
    public void Free() => Owner!.Free(this);

    /// <summary>Removes the entry from its rendezvous and returns it to the pool.</summary>
    public void Return(EventLoop loop)
    {
        Clear();
        Owner = null;
        PoolIn(loop).Return(this);
    }

    /// <summary>Drops the data of the event. An entry that stays in its rendezvous must not make handles seem reachable.</summary>
    public virtual void Clear()
    {
        if (Error is not null)
            Error = null;
    }

    /// <summary>Its rendezvous starts or stops keeping it. In the accounts of a debug build, a kept entry is in its pool.</summary>
    [Conditional("DEBUG")]
    public void NoteKept(EventLoop loop, int change) => PoolIn(loop).NoteKept(change);

    private void Complete(EventLoop loop, Exception? error)
    {
        if (error is not null)
            Error = error;
        var hooks = Close(loop);
        Owner!.Arrived(this);
        if (hooks is not null)
            Hook.CallAll(hooks, loop);
    }

    private protected virtual ref Pool PoolIn(EventLoop loop) => ref loop.Pools.Entries;
}

/// <summary>An event with an id.</summary>
internal sealed class RendezvousEntry<TId> : RendezvousEntry
{
    private static readonly int s_pool = PoolIndex.Take(isOfClosures: false);
    private TId _id = default!;

    public static RendezvousEntry<TId> Rent(EventLoop loop) => (RendezvousEntry<TId>?)loop.Pools.Rent(s_pool) ?? new RendezvousEntry<TId>();

    public void SetId(TId id) => _id = id;

    public void TakeId(out TId id)
    {
        id = _id;
        Free();
    }

    public override void Clear()
    {
        _id = default!;
        base.Clear();
    }

    private protected override ref Pool PoolIn(EventLoop loop) => ref loop.Pools.OfKind(s_pool);
}

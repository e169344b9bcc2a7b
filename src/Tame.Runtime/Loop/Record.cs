using Tame.CompilerServices;

namespace Tame;

/// <summary>An event of an explicit rendezvous: waiting, then ready, then joined and back in its pool.</summary>
internal class Record : Source
{
    public RendezvousBase? Owner;

    /// <summary>What made the event: it stays from one use to the next, since most often it is the same.</summary>
    public ClosureType? Site;

    /// <summary>The call that the event's slot lies in.</summary>
    public Closure? SlotOwner;
    public Exception? Error;

    internal override void Complete(Token token, ref Cell cell, Exception? error)
    {
        var loop = token.Loop;
        token.Release();
        if (error is not null)
            Error = error;
        var hooks = Close(loop);
        Owner!.Arrived(this);
        if (hooks is not null)
            loop.Call(hooks);
    }

    internal override void Lose(Token token)
    {
        if (First.Number == token.Only && First.IsPending)
            Complete(token, ref First, LostEvents.Of(Site!, First.Line));
        else
            token.Release();
    }

    /// <summary>Marks the event complete and lets go of the call that it could write to. Returns the hooks.</summary>
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

    /// <summary>Back to the pool: the event is joined or cancelled.</summary>
    public void Free()
    {
        var loop = Owner!.Loop!;
        Owner = null;
        Error = null;
        Return(loop);
    }

    private protected virtual void Return(EventLoop loop) => loop.Records.Return(this);
}

/// <summary>An event with an id.</summary>
internal sealed class Record<TId> : Record
{
    private static readonly int s_pool = PoolIndex.Take();
    private TId _id = default!;

    public static Record<TId> Rent(EventLoop loop) => (Record<TId>?)loop.Rent(s_pool) ?? new Record<TId>();

    public void SetId(TId id) => _id = id;

    public void TakeId(out TId id)
    {
        id = _id;
        Free();
    }

    private protected override void Return(EventLoop loop)
    {
        _id = default!;
        loop.Return(s_pool, this);
    }
}

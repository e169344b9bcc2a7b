using Tame.CompilerServices;

namespace Tame.Language.Tests.Differential.Support;

/// <summary>
/// An event of an awaited block: its outcome is a task of its own, and the block learns only that the event is over. So the await side does not ask the block
/// under test which failure is the first.
/// </summary>
internal sealed class AwaitedEvent : Source
{
    private readonly EventLoop _loop = EventLoop.Current!;
    private readonly TaskCompletionSource _outcome = new();
    private Event _inBlock;

    /// <summary>Makes the event, which is cancelled with its block.</summary>
    /// <param name="inBlock">What keeps the block waiting.</param>
    public AwaitedEvent(Event inBlock)
    {
        _inBlock = inBlock;
        Event.OnCompleted(inBlock, new Follower(this));
    }

    public Task Outcome => _outcome.Task;

    public Event Open() => new(OpenFirst(_loop), First.Number);

    public Event<T> Open<T>(Slot<T> slot) => new(OpenFirst(_loop, slot.Target, slot.Offset), First.Number);

    public Event<T1, T2> Open<T1, T2>(Slot<T1> slot1, Slot<T2> slot2)
    {
        var set = _loop.Pools.RentSlotSet();
        set.Put(0, slot1.Target, slot1.Offset);
        set.Put(1, slot2.Target, slot2.Offset);
        return new Event<T1, T2>(OpenFirst(_loop, set, SlotKind.Set), First.Number);
    }

    internal override void Complete(Lifeline lifeline, ref Cell cell, Exception? error)
    {
        lifeline.Release();
        End(error);
    }

    internal override LostEventException Lose(long last)
    {
        var loss = new LostEventException();
        End(loss);
        return loss;
    }

    private void End(Exception? error)
    {
        var hooks = First.Close(_loop);
        if (error is null)
            _outcome.SetResult();
        else
            _outcome.SetException(error);
        var inBlock = _inBlock;
        _inBlock = default;
        inBlock.CompleteLink(null);
        if (hooks is not null)
            Hook.CallAll(hooks, _loop);
    }

    private void BlockCancelled()
    {
        _inBlock = default;
        if (First.IsPending && First.Close(_loop) is { } hooks)
            Hook.CallAll(hooks, _loop);
    }

    /// <summary>Sits on the event in the block.</summary>
    private sealed class Follower(AwaitedEvent awaited) : Hook
    {
        internal override void Completed(EventLoop loop) => awaited.BlockCancelled();
    }
}

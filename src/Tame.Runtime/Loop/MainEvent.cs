using Tame.CompilerServices;

namespace Tame;

/// <summary>The event that <c>EventLoop.Run</c> passes to its main.</summary>
internal class MainEvent(EventLoop loop) : Source
{
    public bool IsComplete { get; private set; }

    public Exception? Error { get; private set; }

    public Event Make() => new(Open(), First.Number);

    internal override void Complete(Lifeline lifeline, ref Cell cell, Exception? error)
    {
        lifeline.Release();
        End(error);
    }

    internal override LostEventException Lose(long last)
    {
        var loss = LostEvents.OfMain();
        End(loss);
        return loss;
    }

    internal override void AddWaiters(WaiterSearch search) => search.AddRun();

    protected Lifeline Open(object? target = null, nint offset = 0) => OpenFirst(loop, target, offset);

    /// <summary>Called when the loop ends before the event has completed.</summary>
    public void Cancel()
    {
        if (First.IsPending && First.Close(loop) is { } hooks)
            Hook.CallAll(hooks, loop);
    }

    private void End(Exception? error)
    {
        var hooks = First.Close(loop);
        IsComplete = true;
        Error = error;
        if (hooks is not null)
            Hook.CallAll(hooks, loop);
    }
}

/// <summary>The event of a main that has a result.</summary>
internal sealed class MainEvent<T>(EventLoop loop) : MainEvent(loop)
{
    private T _value = default!;

    public T Value => _value;

    public new Event<T> Make()
    {
        var slot = Slot.At(this, ref _value);
        return new Event<T>(Open(slot.Target, slot.Offset), First.Number);
    }
}

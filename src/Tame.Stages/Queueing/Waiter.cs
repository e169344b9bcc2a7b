namespace Tame.Stages;

/// <summary>
/// An offer that waits for space in the queue. It is a hook on the offer's event: if something else completes the event, the offer leaves. Only the loop of the event decides which of the two came
/// first, so an offer whose event was cancelled is never accepted. Its state is guarded by the stage's lock.
/// </summary>
internal sealed class Waiter<T> : Hook
{
    public readonly Stage<T> Stage;
    public Entry<T> Entry;
    public Event<EnqueueOutcome> Outcome;
    public Links<Waiter<T>> Links;
    public WaiterState State;
    private readonly Grant _grant;

    public Waiter(Stage<T> stage)
    {
        Stage = stage;
        _grant = new Grant(this);
    }

    /// <summary>The event's loop; null for an event without a waiter.</summary>
    public EventLoop? Loop => Outcome.Lifeline is { } lifeline && !DetachedEvent.Is(lifeline) ? lifeline.Loop : null;

    /// <summary>Whether this thread may check that the event is pending.</summary>
    public bool IsHere => Loop is not { } loop || LoopThread.HasEntered(loop);

    /// <summary>Asks the event's loop to take the reserved place. False if that loop has ended.</summary>
    public bool Send() => Loop!.Send(_grant);

    internal override void Completed(EventLoop loop) => Stage.WaiterCompleted(this);

    /// <summary>The position of a waiter in its line.</summary>
    public readonly struct InLine : ILinks<Waiter<T>>
    {
        public static ref Links<Waiter<T>> Of(Waiter<T> item) => ref item.Links;
    }

    /// <summary>Tells the event's loop that the queue has space.</summary>
    private sealed class Grant(Waiter<T> waiter) : Message
    {
        internal override void Run(EventLoop loop) => waiter.Stage.TakeGrant(waiter);

        internal override void Drop(EventLoop loop) => waiter.Stage.DropGrant(waiter);
    }
}

/// <summary>The state of an offer that waits.</summary>
internal enum WaiterState
{
    /// <summary>It is in the line.</summary>
    Waiting,

    /// <summary>A place is reserved for it, and its loop has been notified.</summary>
    Granted,

    /// <summary>Something else completed its event before its loop received the notification.</summary>
    Left,

    /// <summary>It is over: its event has been completed, or is about to be.</summary>
    Over,
}

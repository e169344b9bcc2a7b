using System.Runtime.CompilerServices;

namespace Tame.CompilerServices;

// Blocking and waking. The loop holds every waiting call, so that the objects that a call holds stay alive while it waits.
public abstract partial class Closure
{
    private Phase _phase;
    private uint _since;

    /// <summary>The state of the body's execution.</summary>
    private enum Phase : byte
    {
        Running,
        Blocked,

        /// <summary>The wait has ended, and the call waits for its turn.</summary>
        Woken,
    }

    /// <summary>The time of the wait in the loop's coarse milliseconds. 40 bits are kept, which is 34 years.</summary>
    internal long Since => (long)SinceHigh << 32 | _since;

    /// <summary>Orders the waits of one millisecond: later ones have higher numbers, which wrap.</summary>
    internal uint Order { get; private set; }

    /// <summary>The line of the wait that blocked.</summary>
    internal int Line => Type.WaitPoint(State).Line;

    /// <summary>True from the moment that a wait blocks until its event wakes the call.</summary>
    internal bool IsBlocked => _phase == Phase.Blocked;

    /// <summary>True if a probe for lost events has seen this call blocked.</summary>
    internal bool IsProbed { get; set; }

    /// <summary>The event parameters of the call as they were passed in. Created for reports.</summary>
    internal IReadOnlyList<Event> HeldEvents
    {
        get
        {
            var held = new HeldEvents();
            FailEvents(held);
            return held.Events;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void MarkBlocked(long now, uint order)
    {
        _phase = Phase.Blocked;
        _since = (uint)now;
        SinceHigh = (byte)(now >> 32);
        Order = order;
    }

    /// <summary>True if the call now waits at the closing brace of that block.</summary>
    internal bool WaitsAt(Block block) => IsBlocked && Extras is not { Joining: not null } && ReferenceEquals(Innermost, block);

    /// <summary>True if the call now waits for an event of that rendezvous.</summary>
    internal bool WaitsAt(RendezvousBase rendezvous) => IsBlocked && ReferenceEquals(Extras?.Joining, rendezvous);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void MarkWoken()
    {
        _phase = Phase.Woken;
        if ((_marks & Marks.Traced) != 0)
            CallSpans.Link(Extras!.Span!);
    }

    /// <summary>The wait is over: the call goes to the end of the ready queue.</summary>
    internal void Wake() => Loop!.Wake(this);

    /// <summary>The loop ends. The wait fails with an OperationCanceledException.</summary>
    internal void CancelWait()
    {
        if (Extras is { Joining: { } rendezvous })
            rendezvous.CancelForLoop();
        else
            Innermost.Fail(Loop!.OwnCancellations!.Note(Errors.LoopEnded()));
    }

    /// <summary>The loop ends. The events of the call are cancelled, and its body does not resume.</summary>
    internal void AbandonEvents()
    {
        Unwind(0);
        if ((_marks & Marks.Traced) != 0)
            EndSpan(Errors.LoopEnded());
        foreach (var failure in TakeLeft() ?? [])
            Loop!.OnUnhandled(FailureGroup.Arrived(failure));
        Extras?.Joining?.ClearWaiter();
    }

    private void Suspend()
    {
        var loop = Loop!;
        if (loop.Home.Capture() is { } context)
            (Extras ??= new CallExtras()).Context = context;
        loop.AssertEntered();
        loop.Calls.Block(this, loop.Coarse);
    }

    private EventLoop RequireLoop() => Loop ?? throw Errors.NoLoop();
}

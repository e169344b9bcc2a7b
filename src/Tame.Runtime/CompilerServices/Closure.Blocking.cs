using System.Runtime.CompilerServices;

namespace Tame.CompilerServices;

/// <summary>Blocking and waking: the loop holds every blocked call, so that whatever a call holds stays alive while it waits.</summary>
public abstract partial class Closure
{
    private Phase _phase;
    private uint _since;

    /// <summary>What the body does now.</summary>
    private enum Phase : byte
    {
        Running,
        Blocked,

        /// <summary>What it waited for is there, and its turn has not come yet.</summary>
        Woken,
    }

    /// <summary>The time of the wait in the loop's coarse milliseconds, of which 40 bits are kept: 34 years.</summary>
    internal long Since => (long)SinceHigh << 32 | _since;

    /// <summary>Orders the waits of one millisecond: later ones have higher numbers, which wrap.</summary>
    internal uint Order { get; private set; }

    /// <summary>The line of the wait that blocked.</summary>
    internal int Line => Type.WaitPoint(State).Line;

    /// <summary>True from the moment that a wait blocked until its event woke the call.</summary>
    internal bool IsBlocked => _phase == Phase.Blocked;

    /// <summary>A probe for lost events has seen this call blocked.</summary>
    internal bool IsProbed { get; set; }

    /// <summary>The event parameters of the call as they were passed in. Made for reports.</summary>
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

    /// <summary>The call waits at the closing brace of that block now.</summary>
    internal bool WaitsAt(Block block) => IsBlocked && Extras is not { Joining: not null } && ReferenceEquals(Innermost, block);

    /// <summary>The call waits for an event of that rendezvous now.</summary>
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

    /// <summary>The loop ends: the wait fails with an OperationCanceledException.</summary>
    internal void CancelWait()
    {
        if (Extras is { Joining: { } rendezvous })
            rendezvous.CancelForLoop();
        else
            Innermost.Fail(Loop!.OwnCancellations!.Note(Errors.LoopEnded()));
    }

    /// <summary>The loop ends: the events of the call are cancelled, and its body does not resume.</summary>
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

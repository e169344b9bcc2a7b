using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// Only the handles of events refer to their lifeline. So when the garbage collector finds it unreachable, no code can trigger those events. A lifeline is
/// pooled and has a finalizer. All events of a block share one, and an explicit event has its own. Use it on the loop's thread; other threads use only the
/// paths for foreign events.
/// </summary>
/// <remarks>
/// <para>Another finalizer can still reach a handle of a finalized lifeline and complete its event. The lifeline may then return to its pool and be rented
/// again while its own finalizer waits to run. So a finalizer proves nothing: it only makes the lifeline suspected. The lifeline is lost when the collector
/// has reclaimed its memory.</para>
/// <para>A lifeline is registered for finalization while it is rented, orphaned, or pooled, except while the message of its finalizer is on its way to the
/// loop.</para>
/// </remarks>
internal sealed class Lifeline(EventLoop loop) : Work
{
    /// <summary>Values of <see cref="_last"/> for a lifeline without a source. No event number is negative.</summary>
    private const long IsPooled = -long.MaxValue, IsDiscarded = IsPooled + 1;

    public readonly EventLoop Loop = loop;
    public Source? Source;

    /// <summary>
    /// The number of the only event that was created with this lifeline. If there are several, the number of the last one, negated. Zero if the only event is
    /// complete.
    /// </summary>
    private long _last = IsPooled;

    /// <summary>Notifies the loop when the lifeline's memory is reclaimed. Null unless the lifeline is suspected.</summary>
    internal LossAlarm? Alarm { get; private set; }

#if DEBUG
    internal override bool IsFree { get; set; }

#endif
    ~Lifeline() => Finalized();

    public LifelineState State => Source is not null
        ? IsSuspected ? LifelineState.Suspected : LifelineState.Rented
        : _last switch { IsPooled => LifelineState.Pooled, IsDiscarded => LifelineState.Discarded, _ => LifelineState.Orphaned };

    public bool IsSuspected => Alarm is not null;

    /// <summary>The greatest number of the events that were created with this lifeline since it was rented.</summary>
    public long Last => Math.Abs(_last);

    /// <summary>Records the number of the first event after the lifeline was rented.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddFirst(long number) => _last = number;

    /// <summary>Records the number of a further event.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddAnother(long number) => _last = -number;

    /// <summary>Records that an event is complete, so that a later trigger of the only event does not release the lifeline.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteComplete(long number)
    {
        if (_last == number)
            _last = 0;
    }

    /// <summary>Returns the lifeline to its pool, because all its events are complete.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release()
    {
        Loop.AssertEntered();
        Source = null;
        if (IsSuspected)
        {
            Discard();
            return;
        }
        _last = IsPooled;
        Loop.Pools.Lifelines.Return(this);
    }

    /// <summary>
    /// Called when its events were cancelled while handles may still exist. A later trigger of its only event, or its finalizer, returns it to its pool.
    /// </summary>
    public void Orphan()
    {
        Loop.AssertEntered();
        Source = null;
        if (IsSuspected)
            Discard();
    }

    internal override void LeavePool()
    {
        _last = IsDiscarded;
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Called on the finalizer thread, when no handle was reachable except by other finalizers. It only sends a message: rule 5 of docs/threads.md.
    /// </summary>
    internal void Finalized() => Loop.SendFromFinalizer(new FinalizedMessage(this), isUrgent: Source is not null);

    /// <summary>Handles the finalizer's message. The lifeline may have changed its state since then, more than once.</summary>
    internal void Suspect()
    {
        switch (State)
        {
            case LifelineState.Rented when Source!.PendingUpTo(Last) != 0 && !Source.Keeps(this):
                Alarm = Loop.Suspicions.Add(this);
                return;
            case LifelineState.Rented when Source!.TryDetach(this):
            case LifelineState.Orphaned:
                GC.ReRegisterForFinalize(this);
                Release();
                return;
            case LifelineState.Rented:
            case LifelineState.Pooled:
                GC.ReRegisterForFinalize(this);
                return;
        }
    }

    /// <summary>Finds the pending event with this number; a null reference if it is not pending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Cell Find(long number) => ref Find(number, out _);

    /// <summary>Finds the pending event with this number, and returns its source, so that the caller need not read it again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Cell Find(long number, out Source? source)
    {
        source = Source;
        if (source is not null)
        {
            if (source.First.Number == number)
                return ref source.First;
            ref var cell = ref source.FindExtra(number);
            if (!Unsafe.IsNullRef(ref cell))
                return ref cell;
        }
        return ref Miss(number);
    }

    /// <summary>Does the same as <see cref="Find(long)"/> for a caller that keeps its handle: the lifeline is never released.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Cell Peek(long number)
    {
        if (Source is { } source)
            return ref source.Find(number);
        return ref Unsafe.NullRef<Cell>();
    }

    /// <summary>Completes an event without a value, on the loop's thread. The caller must drain the chain of completions.</summary>
    public bool CompleteLink(long number, Exception? error)
    {
        ref var cell = ref Find(number, out var source);
        if (Unsafe.IsNullRef(ref cell))
            return false;
        source!.Complete(this, ref cell, error);
        return true;
    }

    /// <summary>
    /// Called on the loop's thread when a handle to a complete event is used up. If that event was cancelled and was the only one, the lifeline is released.
    /// </summary>
    public void ReturnAfter(long number)
    {
        if (number != 0 && _last == number)
            ReleaseCancelled();
    }

    public bool IsPending(long number)
    {
        if (Loop.IsEnded)
            return DetachedEvent.Is(this);
        var source = Source;
        return source is not null && !Unsafe.IsNullRef(ref source.Find(number));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReleaseCancelled() => Release();

    /// <summary>Discards a suspected lifeline. It is not registered for finalization, so it must not return to its pool.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Discard()
    {
        _last = IsDiscarded;
        Alarm!.TurnOff();
        Alarm = null;
        Loop.Pools.Lifelines.NoteGone();
    }

    /// <summary>Handles the use of a handle whose event is complete, such as a second trigger.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref Cell Miss(long number)
    {
        ReturnAfter(number);
        return ref Unsafe.NullRef<Cell>();
    }

    /// <summary>The message of the finalizer to the loop.</summary>
    private sealed class FinalizedMessage(Lifeline lifeline) : Message
    {
        internal override void Run(EventLoop loop) => lifeline.Suspect();

        /// <summary>No event of an ended loop can be lost.</summary>
        internal override void Drop(EventLoop loop)
        {
        }
    }
}

using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// What only handles hold, so that the collector can tell that nothing is left that could trigger: pooled, finalizable, one for all events
/// of a block or one for an explicit event. Used on the loop's thread; from others only the foreign paths.
/// </summary>
/// <remarks>
/// <para>A finalizer can still reach a handle of a finalized lifeline, and complete its event: the lifeline then goes to its pool, and out again, while its own
/// finalizer is waiting to run. So a finalizer proves nothing. It makes the lifeline suspected; the lifeline is lost when the collector has reclaimed it.</para>
/// <para>A lifeline is registered for finalization while it is rented, orphaned or pooled, and its finalizer is not on its way to the loop.</para>
/// </remarks>
internal sealed class Lifeline(EventLoop loop) : Work
{
    /// <summary>What <see cref="_last"/> says of a lifeline without a source. No number is negative.</summary>
    private const long IsPooled = -long.MaxValue, IsDiscarded = IsPooled + 1;

    public readonly EventLoop Loop = loop;
    public Source? Source;

    /// <summary>The number of the only event made with this lifeline; the negative number of the last where there are several; zero when the only one is complete.</summary>
    private long _last = IsPooled;

    /// <summary>Tells the loop when the lifeline is gone. Null unless the lifeline is suspected.</summary>
    internal LossAlarm? Alarm { get; private set; }

#if DEBUG
    internal override bool IsFree { get; set; }

#endif
    ~Lifeline() => Finalized();

    public LifelineState State => Source is not null
        ? IsSuspected ? LifelineState.Suspected : LifelineState.Rented
        : _last switch { IsPooled => LifelineState.Pooled, IsDiscarded => LifelineState.Discarded, _ => LifelineState.Orphaned };

    public bool IsSuspected => Alarm is not null;

    /// <summary>No event with a greater number was made with this lifeline in this rent.</summary>
    public long Last => Math.Abs(_last);

    /// <summary>The first event of a rent has this number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddFirst(long number) => _last = number;

    /// <summary>One more event has this number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddAnother(long number) => _last = -number;

    /// <summary>An event is complete. A late trigger of the only one must not give the lifeline back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteComplete(long number)
    {
        if (_last == number)
            _last = 0;
    }

    /// <summary>Gives the lifeline back: every event made with it is complete.</summary>
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

    /// <summary>Its events were cancelled while handles may be about: the late trigger of the only one, or the finalizer, gives it back.</summary>
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

    /// <summary>On the finalizer thread: no handle was in reach, except that of another finalizer. It only sends: rule 5 of docs/threads.md.</summary>
    internal void Finalized() => Loop.SendFromFinalizer(new FinalizedMessage(this), isUrgent: Source is not null);

    /// <summary>The finalizer's message is here. The lifeline may have changed its state since, more than once.</summary>
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

    /// <summary>The pending event of that number, or a null reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Cell Find(long number) => ref Find(number, out _);

    /// <summary>The same, with the source that it is in, so that the caller need not read it again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Cell Find(long number, out Source? source)
    {
        source = Source;
        if (source is null)
            return ref Miss(number);
        ref var cell = ref source.Find(number);
        if (Unsafe.IsNullRef(ref cell))
            return ref Miss(number);
        return ref cell;
    }

    /// <summary>The same, where the caller keeps its handle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Cell Peek(long number)
    {
        if (Source is { } source)
            return ref source.Find(number);
        return ref Unsafe.NullRef<Cell>();
    }

    /// <summary>Completes an event without a value. Own thread only; leaves the chain of completions to the caller.</summary>
    public bool CompleteLink(long number, Exception? error)
    {
        ref var cell = ref Find(number, out var source);
        if (Unsafe.IsNullRef(ref cell))
            return false;
        source!.Complete(this, ref cell, error);
        return true;
    }

    /// <summary>A handle to a complete event is gone. If the event was cancelled and the only one, nobody else has use for the lifeline. Own thread only.</summary>
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

    /// <summary>A suspected lifeline is not registered for finalization, so it does not go back to its pool.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Discard()
    {
        _last = IsDiscarded;
        Alarm!.TurnOff();
        Alarm = null;
        Loop.Pools.Lifelines.NoteGone();
    }

    /// <summary>A handle without an event: the late trigger of one that is complete.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref Cell Miss(long number)
    {
        ReturnAfter(number);
        return ref Unsafe.NullRef<Cell>();
    }

    /// <summary>Word of a finalizer on its way to the loop.</summary>
    private sealed class FinalizedMessage(Lifeline lifeline) : Message
    {
        internal override void Run(EventLoop loop) => lifeline.Suspect();

        /// <summary>No event of an ended loop can be lost.</summary>
        internal override void Drop(EventLoop loop)
        {
        }
    }
}

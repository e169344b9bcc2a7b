namespace Tame;

/// <summary>
/// A handle to one occurrence without a value. It is cheap to copy, and all copies denote the same occurrence. <c>mkevent()</c> creates an event in a tamed
/// body. The first Trigger, Fail, Unblock, or cancellation completes it; later ones return false.
/// </summary>
/// <remarks>
/// <c>default(Event)</c> is empty: operations on it do nothing. Any thread may call Trigger, Fail, and Unblock. On the loop's own thread they run no user code,
/// except the functions of mapped events, and cost no atomic operation. From another thread they go through the loop's inbox, where the order of arrival decides
/// which was first. Only a handle can complete an event: when the last one is dropped, the waiter gets a <see cref="LostEventException"/>. Source:
/// <c>event&lt;&gt;</c> in Figure 2.
/// </remarks>
public readonly partial struct Event : IEquatable<Event>
{
    private readonly Lifeline? _lifeline;
    private readonly long _number;

    internal Event(Lifeline? lifeline, long number)
    {
        _lifeline = lifeline;
        _number = number;
    }

    /// <summary>An event without a waiter, for a call whose end you do not wait for. It is always pending.</summary>
    /// <remarks>
    /// A failure sent to it goes to <see cref="EventLoop.UnhandledException"/> of this thread's loop, from the ready queue. If no handler marks it as handled,
    /// it ends the run. On a thread without a loop, the failure is thrown on the thread pool, which by default ends the process. If the loop cancels a call
    /// when it ends, the call's <see cref="OperationCanceledException"/> does not count as such a failure. To discard failures, use <see cref="Ignored"/>. Any
    /// thread may use it.
    /// </remarks>
    public static Event Detached => new(DetachedEvent.Detached, DetachedEvent.Number);

    /// <summary>An event without a waiter whose failures are discarded. It is always pending.</summary>
    /// <remarks>The event source <c>Tame</c> reports the failures. Any thread may use it.</remarks>
    public static Event Ignored => new(DetachedEvent.Ignored, DetachedEvent.Number);

    /// <summary>True while the event is neither complete nor cancelled. On another thread, the value may be out of date.</summary>
    public bool IsPending => _lifeline is { } lifeline && lifeline.IsPending(_number);

    internal EventLoop? Loop => _lifeline?.Loop;

    internal Lifeline? Lifeline => _lifeline;

    internal long Number => _number;

    /// <summary>Completes the event. The waiting call resumes later, through the ready queue.</summary>
    /// <returns>False if the event was already complete or cancelled, or is empty.</returns>
    /// <remarks>Any thread may call it. On a thread other than the loop's, true means that the call was handed over while the event looked pending.</remarks>
    public bool Trigger() => _lifeline is { } lifeline && Completion.Complete(lifeline, _number, null);

    /// <summary>Completes the event with an error, which the wait for it throws.</summary>
    /// <param name="exception">The error.</param>
    /// <returns>False if the event was already complete or cancelled, or is empty.</returns>
    /// <exception cref="ArgumentNullException">The error is null.</exception>
    /// <remarks>Any thread may call it. On a thread other than the loop's, true means that the call was handed over while the event looked pending.</remarks>
    public bool Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (exception is HeldEvents held)
            return held.Add(this);
        return _lifeline is { } lifeline && Completion.Complete(lifeline, _number, exception);
    }

    /// <summary>Completes the event. It is the same as <see cref="Trigger"/>, because the event has no slot.</summary>
    /// <returns>False if the event was already complete or cancelled, or is empty.</returns>
    public bool Unblock() => Trigger();

    /// <summary>
    /// Triggers <paramref name="other"/> when this event completes in any way, including cancellation. If this event is complete or empty, triggers it at once.
    /// </summary>
    /// <param name="other">The event to trigger, of any loop. If it belongs to another loop and this event's loop ends first, it is triggered then.</param>
    /// <returns>A registration that undoes the call. If something else completes <paramref name="other"/> first, you need not undo it.</returns>
    /// <remarks>Any thread may call it. A call from a thread other than the loop's goes through the loop's inbox.</remarks>
    public EventRegistration AtTrigger(Event other)
    {
        if (_lifeline is not { } lifeline || !LoopThread.HasEntered(lifeline.Loop) || !ReferenceEquals(other.Loop, lifeline.Loop))
            return AtTriggerAcross(other);
        ref var cell = ref lifeline.Find(_number, out var source);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref cell))
        {
            other.Trigger();
            return default;
        }
        var hook = TriggerHook.Rent(lifeline.Loop, other, lifeline);
        hook.SitOn(source!, ref cell);
        return hook.Registration;
    }

    /// <summary>Creates an event that completes two others in the same way.</summary>
    /// <param name="left">One event.</param>
    /// <param name="right">The other.</param>
    /// <returns>The event, which is complete when both are. If one of them is not pending, the other event itself.</returns>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public static Event operator +(Event left, Event right) => Sum.Of(left, right);

    /// <summary>The same as <c>left + right</c>.</summary>
    /// <param name="left">One event.</param>
    /// <param name="right">The other.</param>
    public static Event Add(Event left, Event right) => Sum.Of(left, right);

    /// <summary>True when both are handles to the same occurrence.</summary>
    /// <param name="other">The other handle.</param>
    public bool Equals(Event other) => ReferenceEquals(_lifeline, other._lifeline) && _number == other._number;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Event other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _number.GetHashCode();

    /// <summary>True when both are handles to the same occurrence.</summary>
    /// <param name="left">One handle.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Event left, Event right) => left.Equals(right);

    /// <summary>True when the two are not handles to one occurrence.</summary>
    /// <param name="left">One handle.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Event left, Event right) => !left.Equals(right);

    /// <summary>
    /// Calls <paramref name="hook"/> once, on the loop's thread, when the event completes in any way. Returns false, without keeping the hook, if the event is
    /// complete or empty or belongs to another thread's loop.
    /// </summary>
    internal static bool OnCompleted(Event e, Hook hook)
    {
        ref var cell = ref e.CellHere();
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref cell))
            return false;
        hook.AddTo(ref cell);
        return true;
    }

    /// <summary>Gets the event's cell, or a null reference if the event is complete or empty or belongs to another thread's loop.</summary>
    internal ref Cell CellHere()
    {
        if (_lifeline is { } lifeline && LoopThread.HasEntered(lifeline.Loop))
            return ref lifeline.Find(_number);
        return ref System.Runtime.CompilerServices.Unsafe.NullRef<Cell>();
    }

    /// <summary>Completes the event. The caller must drain this loop's chain of completions.</summary>
    internal void CompleteLink(Exception? error)
    {
        if (_lifeline is not { } lifeline)
            return;
        if (LoopThread.HasEntered(lifeline.Loop))
            lifeline.CompleteLink(_number, error);
        else
            Completion.Complete(lifeline, _number, error);
    }

    /// <summary>
    /// Returns the lifeline of an event that was cancelled, when the loop drops its handle. Usually no other handle exists. Without this call, each cancelled
    /// timer would cost a finalization.
    /// </summary>
    internal void ReturnLifeline() => _lifeline?.ReturnAfter(_number);

    /// <summary>The same occurrence as a handle that carries a value. The event must have been created with such a slot.</summary>
    internal Event<T> Typed<T>() => new(_lifeline!, _number);

    /// <summary>Handles AtTrigger if this event is empty, or if a second thread or loop is involved.</summary>
    private EventRegistration AtTriggerAcross(Event other)
    {
        if (other._lifeline is not { } target || DetachedEvent.Is(target))
            return default;
        if (_lifeline is { } lifeline)
        {
            var hook = new RelayHook(other, lifeline);
            if (AdapterHook.Attach(this, hook))
            {
                if (LoopThread.HasEntered(lifeline.Loop))
                    lifeline.Loop.DrainChain();
                return hook.Registration;
            }
        }
        other.Trigger();
        return default;
    }
}

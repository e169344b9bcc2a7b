namespace Tame;

/// <summary>
/// A handle to one occurrence without a value: cheap to copy, all copies are the same occurrence. <c>mkevent()</c> makes one inside a tamed
/// body; the first of Trigger, Fail, Unblock and cancellation completes it, and the rest return false.
/// </summary>
/// <remarks>
/// <c>default(Event)</c> is empty: operations on it do nothing. Trigger, Fail and Unblock may be called from any thread; on the loop's own they
/// run no user code and cost no atomic operation, from another they go through the loop's inbox, where the order of arrival decides who was
/// first. A handle is the only thing that keeps an event possible: when the last one is dropped, the waiter gets a
/// <see cref="LostEventException"/>. Source: <c>event&lt;&gt;</c> in Figure 2.
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
    /// A failure sent to it goes to <see cref="EventLoop.UnhandledException"/> of this thread's loop, from the ready queue; without a handler that takes it, it
    /// ends the run. On a thread without a loop it is thrown on the thread pool, which by default ends the process. The <see cref="OperationCanceledException"/> of a call that the loop
    /// cancels when it ends is no such failure. If a failure may be dropped, use <see cref="Ignored"/>. Any thread may use it.
    /// </remarks>
    public static Event Detached => new(DetachedEvent.Detached, DetachedEvent.Number);

    /// <summary>An event without a waiter whose failures may be dropped. It is always pending.</summary>
    /// <remarks>The event source <c>Tame</c> tells of the failures. Any thread may use it.</remarks>
    public static Event Ignored => new(DetachedEvent.Ignored, DetachedEvent.Number);

    /// <summary>True while the event is neither complete nor cancelled. From another thread it may be out of date.</summary>
    public bool IsPending => _lifeline is { } lifeline && lifeline.IsPending(_number);

    internal EventLoop? Loop => _lifeline?.Loop;

    internal Lifeline? Lifeline => _lifeline;

    internal long Number => _number;

    /// <summary>Completes the event; the call that waits resumes later, through the ready queue.</summary>
    /// <returns>False when it was complete or cancelled already, or empty.</returns>
    /// <remarks>Any thread may call it; from another than the loop's, true means handed over while it looked pending.</remarks>
    public bool Trigger() => _lifeline is { } lifeline && Completion.Complete(lifeline, _number, null);

    /// <summary>Completes the event with an error, which is thrown where it is waited for.</summary>
    /// <param name="exception">The error.</param>
    /// <returns>False when it was complete or cancelled already, or empty.</returns>
    /// <exception cref="ArgumentNullException">The error is null.</exception>
    /// <remarks>Any thread may call it; from another than the loop's, true means handed over while it looked pending.</remarks>
    public bool Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (exception is HeldEvents held)
            return held.Add(this);
        return _lifeline is { } lifeline && Completion.Complete(lifeline, _number, exception);
    }

    /// <summary>Completes the event; the same as <see cref="Trigger"/>, since there is no slot to leave unwritten.</summary>
    /// <returns>False when it was complete or cancelled already, or empty.</returns>
    public bool Unblock() => Trigger();

    /// <summary>
    /// Triggers <paramref name="other"/> when this event completes in any way, cancellation included; at once if it is complete or empty.
    /// </summary>
    /// <param name="other">The event to trigger; of any loop. If this event's loop ends first and <paramref name="other"/> is of another loop, it is triggered then.</param>
    /// <returns>Undoes it. When <paramref name="other"/> completes otherwise, nothing needs to be undone.</returns>
    /// <remarks>Any thread may call it; from another than the loop's, it goes through the loop's inbox.</remarks>
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

    /// <summary>An event that completes two others alike.</summary>
    /// <param name="left">One event.</param>
    /// <param name="right">The other.</param>
    /// <returns>The event, complete when both are; where one of them is not pending, the other itself.</returns>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public static Event operator +(Event left, Event right) => Sum.Of(left, right);

    /// <summary>The same as <c>left + right</c>.</summary>
    /// <param name="left">One event.</param>
    /// <param name="right">The other.</param>
    public static Event Add(Event left, Event right) => Sum.Of(left, right);

    /// <summary>True when both are handles to one occurrence.</summary>
    /// <param name="other">The other handle.</param>
    public bool Equals(Event other) => ReferenceEquals(_lifeline, other._lifeline) && _number == other._number;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Event other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _number.GetHashCode();

    /// <summary>True when both are handles to one occurrence.</summary>
    /// <param name="left">One handle.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Event left, Event right) => left.Equals(right);

    /// <summary>True when the two are not handles to one occurrence.</summary>
    /// <param name="left">One handle.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Event left, Event right) => !left.Equals(right);

    /// <summary>
    /// Has <paramref name="hook"/> called once, on the loop's thread, when the event completes in any way. False, and the hook is not kept,
    /// when the event is complete or empty, or belongs to another thread's loop.
    /// </summary>
    internal static bool OnCompleted(Event e, Hook hook)
    {
        ref var cell = ref e.CellHere();
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref cell))
            return false;
        hook.AddTo(ref cell);
        return true;
    }

    /// <summary>The cell of this event; a null reference when the event is complete or empty, or belongs to another thread's loop.</summary>
    internal ref Cell CellHere()
    {
        if (_lifeline is { } lifeline && LoopThread.HasEntered(lifeline.Loop))
            return ref lifeline.Find(_number);
        return ref System.Runtime.CompilerServices.Unsafe.NullRef<Cell>();
    }

    /// <summary>Completes, and leaves the chain of completions on this loop to its caller.</summary>
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
    /// The loop drops the handle of an event that completed otherwise. If that was by a cancellation, its lifeline comes back here, for
    /// most often nobody else holds it; without this each cancelled timer would cost a finalization.
    /// </summary>
    internal void ReturnLifeline() => _lifeline?.ReturnAfter(_number);

    /// <summary>The same occurrence as a handle that carries a value; the event was made with such a slot.</summary>
    internal Event<T> Typed<T>() => new(_lifeline!, _number);

    /// <summary>The same occurrence as a handle that carries two values; the event was made with such slots.</summary>
    internal Event<T1, T2> Typed<T1, T2>() => new(_lifeline!, _number);

    /// <summary>AtTrigger where this event is empty, or a second thread or loop takes part.</summary>
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

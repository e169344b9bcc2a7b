namespace Tame;

/// <summary>A handle to one occurrence that carries three values. See <see cref="Event"/> for the rules that all events share.</summary>
/// <typeparam name="T1">The type of the first value.</typeparam>
/// <typeparam name="T2">The type of the second value.</typeparam>
/// <typeparam name="T3">The type of the third value.</typeparam>
/// <remarks>Source: <c>event&lt;T1..Tn&gt;</c> in Figure 2.</remarks>
public readonly struct Event<T1, T2, T3> : IEquatable<Event<T1, T2, T3>>, IValueEvent<(T1, T2, T3)>
{
    private readonly Lifeline? _lifeline;
    private readonly long _number;

    internal Event(Lifeline lifeline, long number)
    {
        _lifeline = lifeline;
        _number = number;
    }

    /// <inheritdoc cref="Event.Detached"/>
    public static Event<T1, T2, T3> Detached => new(DetachedEvent.Detached, DetachedEvent.Number);

    /// <inheritdoc cref="Event.Ignored"/>
    public static Event<T1, T2, T3> Ignored => new(DetachedEvent.Ignored, DetachedEvent.Number);

    /// <summary>True while the event is neither complete nor cancelled. On another thread, the value may be out of date.</summary>
    public bool IsPending => _lifeline is { } lifeline && lifeline.IsPending(_number);

    /// <summary>A handle to the same occurrence without values. Triggering it completes this event and writes no slot.</summary>
    public Event Unblocker => _lifeline is { } lifeline ? new Event(lifeline, _number) : default;

    /// <inheritdoc/>
    bool IValueEvent<(T1, T2, T3)>.Trigger((T1, T2, T3) values) => Trigger(values.Item1, values.Item2, values.Item3);

    /// <inheritdoc/>
    void IValueEvent<(T1, T2, T3)>.TriggerLink((T1, T2, T3) values)
    {
        if (_lifeline is not { } lifeline)
            return;
        if (LoopThread.HasEntered(lifeline.Loop))
            Completion.TriggerLink(lifeline, _number, values.Item1, values.Item2, values.Item3);
        else
            Completion.Trigger(lifeline, _number, values.Item1, values.Item2, values.Item3);
    }

    /// <summary>Writes the slots and completes the event. The waiting call resumes later, through the ready queue.</summary>
    /// <param name="value1">The value for the first slot.</param>
    /// <param name="value2">The value for the second slot.</param>
    /// <param name="value3">The value for the third slot.</param>
    /// <returns>False if the event was already complete or cancelled, or is empty. Then no slot is written.</returns>
    /// <remarks>Any thread may call it. On a thread other than the loop's, true means that the call was handed over while the event looked pending.</remarks>
    public bool Trigger(T1 value1, T2 value2, T3 value3) => _lifeline is { } lifeline && Completion.Trigger(lifeline, _number, value1, value2, value3);

    /// <inheritdoc cref="Event.Fail(Exception)"/>
    public bool Fail(Exception exception) => Unblocker.Fail(exception);

    /// <summary>Completes the event without writing the slots.</summary>
    /// <returns>False if the event was already complete or cancelled, or is empty.</returns>
    public bool Unblock() => Unblocker.Trigger();

    /// <inheritdoc cref="Event.AtTrigger(Event)"/>
    public EventRegistration AtTrigger(Event other) => Unblocker.AtTrigger(other);

    /// <inheritdoc cref="Event.OnComplete(Action{object?}, object?)"/>
    public EventRegistration OnComplete(Action<object?> action, object? state) => Unblocker.OnComplete(action, state);

    /// <inheritdoc cref="Event.Token"/>
    public CancellationToken Token => Unblocker.Token;

    /// <summary>Starts asynchronous work whose result, a tuple, triggers the event.</summary>
    /// <inheritdoc cref="Event.Start(Func{CancellationToken, Task})"/>
    public void Start(Func<CancellationToken, Task<(T1, T2, T3)>> work) => ValueEvents.Start(this, work);

    /// <inheritdoc cref="Event.ToAction"/>
    public Action<T1, T2, T3> ToAction()
    {
        var e = this;
        return (value1, value2, value3) => e.Trigger(value1, value2, value3);
    }

    /// <summary>Creates an event that completes two others in the same way, with the same values.</summary>
    /// <param name="left">One event.</param>
    /// <param name="right">The other.</param>
    /// <returns>The event, which is complete when both are. If one of them is not pending, the other event itself.</returns>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public static Event<T1, T2, T3> operator +(Event<T1, T2, T3> left, Event<T1, T2, T3> right) => Sums.Of(left, right);

    /// <summary>The same as <c>left + right</c>.</summary>
    /// <param name="left">One event.</param>
    /// <param name="right">The other.</param>
    public static Event<T1, T2, T3> Add(Event<T1, T2, T3> left, Event<T1, T2, T3> right) => Sums.Of(left, right);

    /// <summary>True when both are handles to the same occurrence.</summary>
    /// <param name="other">The other handle.</param>
    public bool Equals(Event<T1, T2, T3> other) => Unblocker.Equals(other.Unblocker);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Event<T1, T2, T3> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _number.GetHashCode();

    /// <summary>True when both are handles to the same occurrence.</summary>
    /// <param name="left">One handle.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Event<T1, T2, T3> left, Event<T1, T2, T3> right) => left.Equals(right);

    /// <summary>True when the two are not handles to one occurrence.</summary>
    /// <param name="left">One handle.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Event<T1, T2, T3> left, Event<T1, T2, T3> right) => !left.Equals(right);
}

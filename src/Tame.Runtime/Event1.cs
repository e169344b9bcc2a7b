namespace Tame;

/// <summary>A handle to one occurrence that carries a value. See <see cref="Event"/> for the rules that all events share.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <remarks>Source: <c>event&lt;T&gt;</c> in Figure 2.</remarks>
public readonly struct Event<T> : IEquatable<Event<T>>, IValueEvent<T>
{
    private readonly Lifeline? _lifeline;
    private readonly long _number;

    internal Event(Lifeline lifeline, long number)
    {
        _lifeline = lifeline;
        _number = number;
    }

    /// <inheritdoc cref="Event.Detached"/>
    public static Event<T> Detached => new(DetachedEvent.Detached, DetachedEvent.Number);

    /// <inheritdoc cref="Event.Ignored"/>
    public static Event<T> Ignored => new(DetachedEvent.Ignored, DetachedEvent.Number);

    /// <summary>True while the event is neither complete nor cancelled. On another thread, the value may be out of date.</summary>
    public bool IsPending => _lifeline is { } lifeline && lifeline.IsPending(_number);

    /// <summary>A handle to the same occurrence without values. Triggering it completes this event and writes no slot.</summary>
    public Event Unblocker => _lifeline is { } lifeline ? new Event(lifeline, _number) : default;

    internal Lifeline? Lifeline => _lifeline;

    internal long Number => _number;

    /// <inheritdoc/>
    void IValueEvent<T>.TriggerLink(T values) => TriggerLink(values);

    /// <summary>Triggers the event. The caller must drain this loop's chain of completions.</summary>
    internal void TriggerLink(T value)
    {
        if (_lifeline is not { } lifeline)
            return;
        if (LoopThread.HasEntered(lifeline.Loop))
            Completion.TriggerLink(lifeline, _number, value);
        else
            Completion.Trigger(lifeline, _number, value);
    }

    /// <summary>Writes the slot and completes the event. The waiting call resumes later, through the ready queue.</summary>
    /// <param name="value">The value to write to the slot.</param>
    /// <returns>False if the event was already complete or cancelled, or is empty. Then no slot is written.</returns>
    /// <remarks>Any thread may call it. On a thread other than the loop's, true means that the call was handed over while the event looked pending.</remarks>
    public bool Trigger(T value) => _lifeline is { } lifeline && Completion.Trigger(lifeline, _number, value);

    /// <inheritdoc cref="Event.Fail(Exception)"/>
    public bool Fail(Exception exception) => Unblocker.Fail(exception);

    /// <summary>Completes the event without writing the slot.</summary>
    /// <returns>False if the event was already complete or cancelled, or is empty.</returns>
    public bool Unblock() => Unblocker.Trigger();

    /// <inheritdoc cref="Event.AtTrigger(Event)"/>
    public EventRegistration AtTrigger(Event other) => Unblocker.AtTrigger(other);

    /// <inheritdoc cref="Event.OnComplete(Action{object?}, object?)"/>
    public EventRegistration OnComplete(Action<object?> action, object? state) => Unblocker.OnComplete(action, state);

    /// <inheritdoc cref="Event.Token"/>
    public CancellationToken Token => Unblocker.Token;

    /// <summary>Starts asynchronous work whose result triggers the event: <c>e.Start(token =&gt; client.GetStringAsync(url, token))</c>.</summary>
    /// <inheritdoc cref="Event.Start(Func{CancellationToken, Task})"/>
    public void Start(Func<CancellationToken, Task<T>> work) => ValueEvents.Start(this, work);

    /// <inheritdoc cref="Event.ToAction"/>
    public Action<T> ToAction()
    {
        var e = this;
        return value => e.Trigger(value);
    }

    /// <summary>Creates a handler that triggers the event with the arguments of the call.</summary>
    /// <returns>The handler. Like the result of <see cref="ToAction"/>, it may be called from any thread, any number of times.</returns>
    public EventHandler<T> ToEventHandler()
    {
        var e = this;
        return (_, arguments) => e.Trigger(arguments);
    }

    /// <summary>Creates an event that completes two others in the same way, with the same value.</summary>
    /// <param name="left">One event.</param>
    /// <param name="right">The other.</param>
    /// <returns>The event, which is complete when both are. If one of them is not pending, the other event itself.</returns>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public static Event<T> operator +(Event<T> left, Event<T> right) => Sums.Of(left, right);

    /// <summary>The same as <c>left + right</c>.</summary>
    /// <param name="left">One event.</param>
    /// <param name="right">The other.</param>
    public static Event<T> Add(Event<T> left, Event<T> right) => Sums.Of(left, right);

    /// <summary>True when both are handles to the same occurrence.</summary>
    /// <param name="other">The other handle.</param>
    public bool Equals(Event<T> other) => Unblocker.Equals(other.Unblocker);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Event<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _number.GetHashCode();

    /// <summary>True when both are handles to the same occurrence.</summary>
    /// <param name="left">One handle.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Event<T> left, Event<T> right) => left.Equals(right);

    /// <summary>True when the two are not handles to one occurrence.</summary>
    /// <param name="left">One handle.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Event<T> left, Event<T> right) => !left.Equals(right);
}

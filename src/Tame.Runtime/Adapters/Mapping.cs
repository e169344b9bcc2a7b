using Tame.CompilerServices;

namespace Tame;

/// <summary>Creates events that take another kind of value than the original event.</summary>
public static class Mapping
{
    /// <summary>Creates an event without a value that triggers this one with a fixed value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="e">The original event.</param>
    /// <param name="value">The value.</param>
    /// <returns>The new event. It is empty if <paramref name="e"/> is not pending, and complete when <paramref name="e"/> is.</returns>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public static Event Bind<T>(this Event<T> e, T value) => BindValues(e, value);

    /// <inheritdoc cref="Bind{T}(Event{T}, T)" path="/*[not(self::param or self::typeparam)]"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <param name="e">The original event.</param>
    /// <param name="value1">The first value.</param>
    /// <param name="value2">The second value.</param>
    public static Event Bind<T1, T2>(this Event<T1, T2> e, T1 value1, T2 value2) => BindValues(e, (value1, value2));

    /// <inheritdoc cref="Bind{T}(Event{T}, T)" path="/*[not(self::param or self::typeparam)]"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <param name="e">The original event.</param>
    /// <param name="value1">The first value.</param>
    /// <param name="value2">The second value.</param>
    /// <param name="value3">The third value.</param>
    public static Event Bind<T1, T2, T3>(this Event<T1, T2, T3> e, T1 value1, T2 value2, T3 value3) => BindValues(e, (value1, value2, value3));

    /// <inheritdoc cref="Bind{T}(Event{T}, T)" path="/*[not(self::param or self::typeparam)]"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    /// <param name="e">The original event.</param>
    /// <param name="value1">The first value.</param>
    /// <param name="value2">The second value.</param>
    /// <param name="value3">The third value.</param>
    /// <param name="value4">The fourth value.</param>
    public static Event Bind<T1, T2, T3, T4>(this Event<T1, T2, T3, T4> e, T1 value1, T2 value2, T3 value3, T4 value4) =>
        BindValues(e, (value1, value2, value3, value4));

    /// <summary>Creates an event that triggers this one with the result of a function of its value.</summary>
    /// <typeparam name="T">The type of the value of the original event.</typeparam>
    /// <typeparam name="TValue">The type of the new event's value.</typeparam>
    /// <param name="e">The original event.</param>
    /// <param name="function">
    /// Runs inside Trigger, on the loop's thread. An exception that it throws fails the event. It does not run if the new event fails or is unblocked. Then the
    /// original event fails or is unblocked too.
    /// </param>
    /// <returns>The new event. It is empty if <paramref name="e"/> is not pending, and complete when <paramref name="e"/> is.</returns>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public static Event<TValue> Map<T, TValue>(this Event<T> e, Func<TValue, T> function) => MapValues(e, function);

    /// <inheritdoc cref="Map{T, TValue}(Event{T}, Func{TValue, T})" path="/*[not(self::typeparam)]"/>
    /// <typeparam name="T1">The type of the first value of the original event.</typeparam>
    /// <typeparam name="T2">The type of the second value of the original event.</typeparam>
    /// <typeparam name="TValue">The type of the new event's value.</typeparam>
    public static Event<TValue> Map<T1, T2, TValue>(this Event<T1, T2> e, Func<TValue, (T1 Value1, T2 Value2)> function) => MapValues(e, function);

    /// <inheritdoc cref="Map{T, TValue}(Event{T}, Func{TValue, T})" path="/*[not(self::typeparam)]"/>
    /// <typeparam name="T1">The type of the first value of the original event.</typeparam>
    /// <typeparam name="T2">The type of the second value of the original event.</typeparam>
    /// <typeparam name="T3">The type of the third value of the original event.</typeparam>
    /// <typeparam name="TValue">The type of the new event's value.</typeparam>
    public static Event<TValue> Map<T1, T2, T3, TValue>(this Event<T1, T2, T3> e, Func<TValue, (T1 Value1, T2 Value2, T3 Value3)> function) => MapValues(e, function);

    /// <inheritdoc cref="Map{T, TValue}(Event{T}, Func{TValue, T})" path="/*[not(self::typeparam)]"/>
    /// <typeparam name="T1">The type of the first value of the original event.</typeparam>
    /// <typeparam name="T2">The type of the second value of the original event.</typeparam>
    /// <typeparam name="T3">The type of the third value of the original event.</typeparam>
    /// <typeparam name="T4">The type of the fourth value of the original event.</typeparam>
    /// <typeparam name="TValue">The type of the new event's value.</typeparam>
    public static Event<TValue> Map<T1, T2, T3, T4, TValue>(this Event<T1, T2, T3, T4> e, Func<TValue, (T1 Value1, T2 Value2, T3 Value3, T4 Value4)> function) =>
        MapValues(e, function);

    private static Event BindValues<TEvent, TValues>(TEvent e, TValues values)
        where TEvent : struct, IValueEvent<TValues>
    {
        var loop = LoopThread.Current ?? throw Errors.NoLoop();
        return e.Unblocker.IsPending ? new Bound<TEvent, TValues>(loop, e, values).Make() : default;
    }

    private static Event<TValue> MapValues<TEvent, TValues, TValue>(TEvent e, Func<TValue, TValues> function)
        where TEvent : struct, IValueEvent<TValues>
    {
        ArgumentNullException.ThrowIfNull(function);
        var loop = LoopThread.Current ?? throw Errors.NoLoop();
        if (!e.Unblocker.IsPending)
            return default;
        var mapped = new Mapped<TValue, TEvent, TValues>(loop, e, function);
        return mapped.Make(new Action<TValue>(mapped.Take), SlotKind.Setter).Typed<TValue>();
    }
}

/// <summary>Triggers an event with fixed values.</summary>
internal sealed class Bound<TEvent, TValues> : Adapter
    where TEvent : struct, IValueEvent<TValues>
{
    private readonly Hook _followed;
    private TEvent _target;
    private TValues _values;

    public Bound(EventLoop loop, TEvent target, TValues values)
        : base(loop)
    {
        _target = target;
        _values = values;
        _followed = Follow(target.Unblocker);
    }

    internal override void AddWaiters(WaiterSearch search) => search.Follow(_target.Unblocker);

    protected override void Propagate(Exception? error)
    {
        if (error is null)
            _target.TriggerLink(_values);
        else
            _target.Unblocker.CompleteLink(error);
    }

    protected override void ClearTargets()
    {
        _target = default;
        _values = default!;
    }

    protected override void Unfollow() => Unfollow(_target.Unblocker, _followed);
}

/// <summary>Triggers an event with the result of a function of the value.</summary>
internal sealed class Mapped<TValue, TEvent, TValues> : Adapter
    where TEvent : struct, IValueEvent<TValues>
{
    private readonly Hook _followed;
    private Func<TValue, TValues>? _function;
    private TEvent _target;
    private TValue _value = default!;
    private bool _hasValue;

    public Mapped(EventLoop loop, TEvent target, Func<TValue, TValues> function)
        : base(loop)
    {
        _target = target;
        _function = function;
        _followed = Follow(target.Unblocker);
    }

    public void Take(TValue value)
    {
        _value = value;
        _hasValue = true;
    }

    internal override void AddWaiters(WaiterSearch search) => search.Follow(_target.Unblocker);

    protected override void Propagate(Exception? error)
    {
        if (!_hasValue)
        {
            _target.Unblocker.CompleteLink(error);
            return;
        }
        TValues result;
        var caller = CallContext.Enter();
        try
        {
            result = _function!(_value);
        }
        catch (Exception thrown)
        {
            caller.Leave();
            _target.Unblocker.CompleteLink(FailureGroup.Leaving(thrown));
            return;
        }
        caller.Leave();
        _target.TriggerLink(result);
    }

    protected override void ClearTargets()
    {
        _target = default;
        _function = null;
        _value = default!;
    }

    protected override void Unfollow() => Unfollow(_target.Unblocker, _followed);
}

using Tame.CompilerServices;

namespace Tame;

/// <summary>Events that take another kind of value than the event behind them.</summary>
public static class Mapping
{
    /// <summary>An event without a value that triggers this one with a value fixed now.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="e">The event behind.</param>
    /// <param name="value">The value.</param>
    /// <returns>The event; empty when <paramref name="e"/> is not pending. It is complete when <paramref name="e"/> is.</returns>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public static Event Bind<T>(this Event<T> e, T value)
    {
        var loop = LoopThread.Current ?? throw Errors.NoLoop();
        return e.IsPending ? new Bound<T>(loop, e, value).Make() : default;
    }

    /// <summary>An event that triggers this one with what a function makes of the value.</summary>
    /// <typeparam name="T">The type of the value of the event behind.</typeparam>
    /// <typeparam name="TValue">The type of the value that the new event takes.</typeparam>
    /// <param name="e">The event behind.</param>
    /// <param name="function">
    /// Runs inside Trigger, on the loop's thread; what it throws is the event's failure. It does not run when the new event fails or is
    /// unblocked, which is passed on.
    /// </param>
    /// <returns>The event; empty when <paramref name="e"/> is not pending. It is complete when <paramref name="e"/> is.</returns>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public static Event<TValue> Map<T, TValue>(this Event<T> e, Func<TValue, T> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var loop = LoopThread.Current ?? throw Errors.NoLoop();
        if (!e.IsPending)
            return default;
        var mapped = new Mapped<TValue, T>(loop, e, function);
        return mapped.Make(new Action<TValue>(mapped.Take), SlotKind.Setter).Typed<TValue>();
    }
}

/// <summary>Triggers an event with a value fixed before.</summary>
internal sealed class Bound<T> : Adapter
{
    private Event<T> _target;
    private T _value;

    public Bound(EventLoop loop, Event<T> target, T value)
        : base(loop)
    {
        _target = target;
        _value = value;
        Follow(target.Unblocker);
    }

    protected override void Pass(Exception? error)
    {
        if (error is null)
            _target.TriggerLink(_value);
        else
            _target.Unblocker.CompleteLink(error);
    }

    protected override void Drop()
    {
        _target = default;
        _value = default!;
    }
}

/// <summary>Triggers an event with what a function makes of the value.</summary>
internal sealed class Mapped<TValue, T> : Adapter
{
    private Func<TValue, T>? _function;
    private Event<T> _target;
    private TValue _value = default!;
    private bool _hasValue;

    public Mapped(EventLoop loop, Event<T> target, Func<TValue, T> function)
        : base(loop)
    {
        _target = target;
        _function = function;
        Follow(target.Unblocker);
    }

    public void Take(TValue value)
    {
        _value = value;
        _hasValue = true;
    }

    protected override void Pass(Exception? error)
    {
        if (!_hasValue)
        {
            _target.Unblocker.CompleteLink(error);
            return;
        }
        T result;
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

    protected override void Drop()
    {
        _target = default;
        _function = null;
        _value = default!;
    }
}

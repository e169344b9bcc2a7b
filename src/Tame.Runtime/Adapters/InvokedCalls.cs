using Tame.CompilerServices;

namespace Tame;

/// <summary>The result of a call without a result.</summary>
internal readonly struct NoResult;

/// <summary>A call without a result.</summary>
/// <typeparam name="TState">The type of the state that the call receives in addition to its event.</typeparam>
internal sealed class PlainInvocation<TState> : Invocation<NoResult>
{
    private static readonly InvocationPool<PlainInvocation<TState>> s_pool = new();
    private Action<TState, Event>? _call;
    private TState _state = default!;

    public static PlainInvocation<TState> Rent(EventLoop loop, Action<TState, Event> call, TState state, CancellationToken token)
    {
        var invocation = s_pool.Rent() ?? new PlainInvocation<TState>();
        (invocation._call, invocation._state) = (call, state);
        invocation.Begin(loop, state as Delegate ?? call, token);
        return invocation;
    }

    protected override void Call()
    {
        var (invoked, state) = (_call!, _state);
        (_call, _state) = (null, default!);
        invoked(state, new Event(Open(), First.Number));
    }

    protected override void Reuse() => s_pool.Return(this);
}

/// <summary>A call with a result.</summary>
/// <typeparam name="TState">The type of the state that the call receives in addition to its event.</typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed class ValueInvocation<TState, T> : Invocation<T>
{
    private static readonly InvocationPool<ValueInvocation<TState, T>> s_pool = new();
    private Action<TState, Event<T>>? _call;
    private TState _state = default!;

    public static ValueInvocation<TState, T> Rent(EventLoop loop, Action<TState, Event<T>> call, TState state, CancellationToken token)
    {
        var invocation = s_pool.Rent() ?? new ValueInvocation<TState, T>();
        (invocation._call, invocation._state) = (call, state);
        invocation.Begin(loop, state as Delegate ?? call, token);
        return invocation;
    }

    protected override void Call()
    {
        var (invoked, state) = (_call!, _state);
        (_call, _state) = (null, default!);
        var slot = Slot.At(this, ref Value);
        invoked(state, new Event<T>(Open(slot.Target, slot.Offset), First.Number));
    }

    protected override void Reuse() => s_pool.Return(this);
}

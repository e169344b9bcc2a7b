using System.Runtime.CompilerServices;

namespace Tame;

// Calls from the world of tasks into the loop.
public sealed partial class EventLoop
{
    /// <summary>Starts a call on the loop's thread, after the work that is ready, and returns a task for its event.</summary>
    /// <param name="call">
    /// Receives the event; usually a tamed method. It runs with the execution context of the code that calls this method. An exception that it throws while the
    /// event is pending fails the event.
    /// </param>
    /// <param name="cancellationToken">If it is cancelled, the event and the task are cancelled.</param>
    /// <returns>
    /// The task. If the event fails, the task fails with the same exception, or is cancelled if that is an <see cref="OperationCanceledException"/>. If the
    /// event is lost, the task fails with a <see cref="LostEventException"/>. If the loop ends first, the task is cancelled. If the loop has already ended,
    /// the task fails with an <see cref="ObjectDisposedException"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException">The call is null.</exception>
    /// <remarks>
    /// Any thread may call it. The loop's run does not end while such a call is in progress, unless in virtual time nothing more can happen. Code that waits
    /// for the task continues asynchronously, never inside Trigger.
    /// </remarks>
    public Task InvokeAsync(Action<Event> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync(static (call, e) => call(e), call, cancellationToken);
    }

    /// <summary>Starts a call on the loop's thread, after the work that is ready, and returns a task for its event's value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <inheritdoc cref="InvokeAsync(Action{Event}, CancellationToken)"/>
    public Task<T> InvokeAsync<T>(Action<Event<T>> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync<Action<Event<T>>, T>(static (call, e) => call(e), call, cancellationToken);
    }

    /// <summary>
    /// Starts a call on the loop's thread, after the work that is ready, and returns a task for its event. With a static lambda, the state needs no allocation.
    /// </summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <param name="call">
    /// Receives the state and the event; usually a tamed method. It runs with the execution context of the code that calls this method. An exception that it
    /// throws while the event is pending fails the event.
    /// </param>
    /// <param name="state">The data that the call needs.</param>
    /// <param name="cancellationToken">If it is cancelled, the event and the task are cancelled.</param>
    /// <inheritdoc cref="InvokeAsync(Action{Event}, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public Task InvokeAsync<TState>(Action<TState, Event> call, TState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        return PlainInvocation<TState>.Rent(this, call, state, cancellationToken).StartTask();
    }

    /// <summary>
    /// Starts a call on the loop's thread, after the work that is ready, and returns a task for its event's value. With a static lambda, the state needs no
    /// allocation.
    /// </summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <inheritdoc cref="InvokeAsync{TState}(Action{TState, Event}, TState, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public Task<T> InvokeAsync<TState, T>(Action<TState, Event<T>> call, TState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        return ValueInvocation<TState, T>.Rent(this, call, state, cancellationToken).StartTask();
    }
}

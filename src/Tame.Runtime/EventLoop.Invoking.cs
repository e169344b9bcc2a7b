using System.Runtime.CompilerServices;

namespace Tame;

// Calls from the world of tasks into the loop.
public sealed partial class EventLoop
{
    /// <summary>Starts a call on the loop's thread, behind what is ready, and returns a task for its event.</summary>
    /// <param name="call">
    /// Gets the event; usually a tamed method. It brings the execution context of now. What it throws while the event is pending fails the
    /// event.
    /// </param>
    /// <param name="cancellationToken">When it is cancelled, the event is cancelled, and the task with it.</param>
    /// <returns>
    /// The task. A failure of the event is its exception, and one by an <see cref="OperationCanceledException"/> cancels it; when the event
    /// is lost, that is a <see cref="LostEventException"/>; when the loop ends before, the task is cancelled; when the loop has ended
    /// already, it has failed with <see cref="ObjectDisposedException"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException">The call is null.</exception>
    /// <remarks>
    /// Any thread may call it. The loop's run does not end while such a call is under way, unless in virtual time nothing more can happen. What waits for the task goes on asynchronously,
    /// never inside Trigger.
    /// </remarks>
    public Task InvokeAsync(Action<Event> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync(static (call, e) => call(e), call, cancellationToken);
    }

    /// <summary>Starts a call on the loop's thread, behind what is ready, and returns a task for its event's value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <inheritdoc cref="InvokeAsync(Action{Event}, CancellationToken)"/>
    public Task<T> InvokeAsync<T>(Action<Event<T>> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync<Action<Event<T>>, T>(static (call, e) => call(e), call, cancellationToken);
    }

    /// <summary>Starts a call on the loop's thread, behind what is ready, and returns a task for its event. With a static lambda, nothing is allocated for what the call needs.</summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <param name="call">
    /// Gets the state and the event; usually a tamed method. It brings the execution context of now. What it throws while the event is pending fails the
    /// event.
    /// </param>
    /// <param name="state">What the call needs.</param>
    /// <param name="cancellationToken">When it is cancelled, the event is cancelled, and the task with it.</param>
    /// <inheritdoc cref="InvokeAsync(Action{Event}, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public Task InvokeAsync<TState>(Action<TState, Event> call, TState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        return PlainInvocation<TState>.Rent(this, call, state, cancellationToken).StartTask();
    }

    /// <summary>Starts a call on the loop's thread, behind what is ready, and returns a task for its event's value. With a static lambda, nothing is allocated for what the call needs.</summary>
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

using System.Runtime.CompilerServices;

namespace Tame;

// The same calls with value tasks, whose objects are reused by later calls.
public sealed partial class EventLoop
{
    /// <summary>
    /// Starts a call on the loop's thread, after the work that is ready, and returns a value task for its event. It allocates nothing if calls end as fast as
    /// they start.
    /// </summary>
    /// <param name="call">
    /// Receives the event; usually a tamed method. It runs with the execution context of the code that calls this method. An exception that it throws while the
    /// event is pending fails the event.
    /// </param>
    /// <param name="cancellationToken">If it is cancelled, the event and the value task are cancelled.</param>
    /// <returns>
    /// The value task, which ends as the task of <see cref="InvokeAsync(Action{Event}, CancellationToken)"/> does. Await it once, or call AsTask once. A
    /// second use throws <see cref="InvalidOperationException"/>, or gets the result of another call. If you do not await it, its failure is not reported.
    /// </returns>
    /// <exception cref="ArgumentNullException">The call is null.</exception>
    /// <remarks>
    /// Any thread may call it. The loop's run does not end while such a call is in progress, unless in virtual time nothing more can happen. Code that waits
    /// continues asynchronously, never inside Trigger. Code that runs on the loop gets a value task with the task of InvokeAsync.
    /// </remarks>
    public ValueTask InvokeValueAsync(Action<Event> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeValueAsync(static (call, e) => call(e), call, cancellationToken);
    }

    /// <summary>
    /// Starts a call on the loop's thread, after the work that is ready, and returns a value task for its event's value. It allocates nothing if calls end as
    /// fast as they start.
    /// </summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <inheritdoc cref="InvokeValueAsync(Action{Event}, CancellationToken)"/>
    public ValueTask<T> InvokeValueAsync<T>(Action<Event<T>> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeValueAsync<Action<Event<T>>, T>(static (call, e) => call(e), call, cancellationToken);
    }

    /// <param name="call">
    /// Receives the state and the event; usually a tamed method. It runs with the execution context of the code that calls this method. An exception that it
    /// throws while the event is pending fails the event.
    /// </param>
    /// <param name="state">The data that the call needs, so that the call can be a static lambda.</param>
    /// <param name="cancellationToken">If it is cancelled, the event and the value task are cancelled.</param>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <inheritdoc cref="InvokeValueAsync(Action{Event}, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public ValueTask InvokeValueAsync<TState>(Action<TState, Event> call, TState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (LoopThread.HasEntered(this))
            return new ValueTask(InvokeAsync(call, state, cancellationToken));
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        var invocation = PlainInvocation<TState>.Rent(this, call, state, cancellationToken);
        return invocation.TryStart(out short version) ? new ValueTask(invocation, version) : ValueTask.FromException(Errors.EndedLoop());
    }

    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <inheritdoc cref="InvokeValueAsync{TState}(Action{TState, Event}, TState, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public ValueTask<T> InvokeValueAsync<TState, T>(Action<TState, Event<T>> call, TState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (LoopThread.HasEntered(this))
            return new ValueTask<T>(InvokeAsync(call, state, cancellationToken));
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(cancellationToken);
        var invocation = ValueInvocation<TState, T>.Rent(this, call, state, cancellationToken);
        return invocation.TryStart(out short version) ? new ValueTask<T>(invocation, version) : ValueTask.FromException<T>(Errors.EndedLoop());
    }

    /// <summary>Starts an asynchronous call as <see cref="InvokeAsync(Func{Event, Task}, CancellationToken)"/> does, and returns a value task for its event.</summary>
    /// <inheritdoc cref="InvokeAsync(Func{Event, Task}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public ValueTask InvokeValueAsync(Func<Event, Task> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeValueAsync(static (call, e) => AsyncCall.Follow(call(e), e), call, cancellationToken);
    }

    /// <summary>
    /// Starts an asynchronous call as <see cref="InvokeAsync{T}(Func{Event{T}, Task}, CancellationToken)"/> does, and returns a value task for its event's
    /// value.
    /// </summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <inheritdoc cref="InvokeAsync(Func{Event, Task}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public ValueTask<T> InvokeValueAsync<T>(Func<Event<T>, Task> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeValueAsync<Func<Event<T>, Task>, T>(static (call, e) => AsyncCall.Follow(call(e), e.Unblocker), call, cancellationToken);
    }

    /// <summary>
    /// Starts an asynchronous call as <see cref="InvokeAsync{TState}(Func{TState, Event, Task}, TState, CancellationToken)"/> does, and returns a value task
    /// for its event.
    /// </summary>
    /// <inheritdoc cref="InvokeAsync{TState}(Func{TState, Event, Task}, TState, CancellationToken)"/>
    public ValueTask InvokeValueAsync<TState>(Func<TState, Event, Task> call, TState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeValueAsync(static (given, e) => AsyncCall.Follow(given.call(given.state, e), e), (call, state), cancellationToken);
    }

    /// <summary>
    /// Starts an asynchronous call as <see cref="InvokeAsync{TState, T}(Func{TState, Event{T}, Task}, TState, CancellationToken)"/> does, and returns a value
    /// task for its event's value.
    /// </summary>
    /// <inheritdoc cref="InvokeAsync{TState, T}(Func{TState, Event{T}, Task}, TState, CancellationToken)"/>
    public ValueTask<T> InvokeValueAsync<TState, T>(Func<TState, Event<T>, Task> call, TState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeValueAsync<(Func<TState, Event<T>, Task> Call, TState State), T>(
            static (given, e) => AsyncCall.Follow(given.Call(given.State, e), e.Unblocker), (call, state), cancellationToken);
    }
}

using System.Runtime.CompilerServices;

namespace Tame;

// The same calls with value tasks, behind which are objects that the next call uses again.
public sealed partial class EventLoop
{
    /// <summary>Starts a call on the loop's thread, behind what is ready, and returns a value task for its event. It allocates nothing where calls end as fast as they come.</summary>
    /// <param name="call">
    /// Gets the event; usually a tamed method. It brings the execution context of now. What it throws while the event is pending fails the
    /// event.
    /// </param>
    /// <param name="cancellationToken">When it is cancelled, the event is cancelled, and the value task with it.</param>
    /// <returns>
    /// The value task, which ends as the task of <see cref="InvokeAsync(Action{Event}, CancellationToken)"/> does. Await it once, or take its task by AsTask: a second
    /// time throws <see cref="InvalidOperationException"/>, or gives the end of another call. A failure of one that is not awaited is not seen.
    /// </returns>
    /// <exception cref="ArgumentNullException">The call is null.</exception>
    /// <remarks>
    /// Any thread may call it. The loop's run does not end while such a call is under way, unless in virtual time nothing more can happen. What waits goes on asynchronously,
    /// never inside Trigger. Code of the loop itself gets the task of InvokeAsync.
    /// </remarks>
    public ValueTask InvokeValueAsync(Action<Event> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeValueAsync(static (call, e) => call(e), call, cancellationToken);
    }

    /// <summary>Starts a call on the loop's thread, behind what is ready, and returns a value task for its event's value. It allocates nothing where calls end as fast as they come.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <inheritdoc cref="InvokeValueAsync(Action{Event}, CancellationToken)"/>
    public ValueTask<T> InvokeValueAsync<T>(Action<Event<T>> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeValueAsync<Action<Event<T>>, T>(static (call, e) => call(e), call, cancellationToken);
    }

    /// <param name="call">
    /// Gets the state and the event; usually a tamed method. It brings the execution context of now. What it throws while the event is pending fails the
    /// event.
    /// </param>
    /// <param name="state">What the call needs, so that a static lambda can do with it.</param>
    /// <param name="cancellationToken">When it is cancelled, the event is cancelled, and the value task with it.</param>
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

    /// <summary>Starts an asynchronous call as <see cref="InvokeAsync{T}(Func{Event{T}, Task}, CancellationToken)"/> does, and returns a value task for its event's value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <inheritdoc cref="InvokeAsync(Func{Event, Task}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public ValueTask<T> InvokeValueAsync<T>(Func<Event<T>, Task> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeValueAsync<Func<Event<T>, Task>, T>(static (call, e) => AsyncCall.Follow(call(e), e.Unblocker), call, cancellationToken);
    }

    /// <summary>Starts an asynchronous call as <see cref="InvokeAsync{TState}(Func{TState, Event, Task}, TState, CancellationToken)"/> does, and returns a value task for its event.</summary>
    /// <inheritdoc cref="InvokeAsync{TState}(Func{TState, Event, Task}, TState, CancellationToken)"/>
    public ValueTask InvokeValueAsync<TState>(Func<TState, Event, Task> call, TState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeValueAsync(static (given, e) => AsyncCall.Follow(given.call(given.state, e), e), (call, state), cancellationToken);
    }

    /// <summary>Starts an asynchronous call as <see cref="InvokeAsync{TState, T}(Func{TState, Event{T}, Task}, TState, CancellationToken)"/> does, and returns a value task for its event's value.</summary>
    /// <inheritdoc cref="InvokeAsync{TState, T}(Func{TState, Event{T}, Task}, TState, CancellationToken)"/>
    public ValueTask<T> InvokeValueAsync<TState, T>(Func<TState, Event<T>, Task> call, TState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeValueAsync<(Func<TState, Event<T>, Task> Call, TState State), T>(
            static (given, e) => AsyncCall.Follow(given.Call(given.State, e), e.Unblocker), (call, state), cancellationToken);
    }
}

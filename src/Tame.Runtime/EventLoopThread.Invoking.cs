using System.Runtime.CompilerServices;

namespace Tame;

// Calls that the loop of the thread runs. They have the same overload priorities for asynchronous functions as those of EventLoop.
public sealed partial class EventLoopThread
{
    /// <inheritdoc cref="EventLoop.InvokeAsync(Action{Event}, CancellationToken)"/>
    public Task InvokeAsync(Action<Event> call, CancellationToken cancellationToken = default) => Loop.InvokeAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync{T}(Action{Event{T}}, CancellationToken)"/>
    public Task<T> InvokeAsync<T>(Action<Event<T>> call, CancellationToken cancellationToken = default) => Loop.InvokeAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync(Func{Event, Task}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task InvokeAsync(Func<Event, Task> call, CancellationToken cancellationToken = default) => Loop.InvokeAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync{T}(Func{Event{T}, Task}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<T> InvokeAsync<T>(Func<Event<T>, Task> call, CancellationToken cancellationToken = default) => Loop.InvokeAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync(Func{Task}, CancellationToken)"/>
    public Task InvokeAsync(Func<Task> call, CancellationToken cancellationToken = default) => Loop.InvokeAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync{T}(Func{Task{T}}, CancellationToken)"/>
    public Task<T> InvokeAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken = default) => Loop.InvokeAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync{TState}(Action{TState, Event}, TState, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public Task InvokeAsync<TState>(Action<TState, Event> call, TState state, CancellationToken cancellationToken = default) =>
        Loop.InvokeAsync(call, state, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync{TState, T}(Action{TState, Event{T}}, TState, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public Task<T> InvokeAsync<TState, T>(Action<TState, Event<T>> call, TState state, CancellationToken cancellationToken = default) =>
        Loop.InvokeAsync(call, state, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync{TState}(Func{TState, Event, Task}, TState, CancellationToken)"/>
    public Task InvokeAsync<TState>(Func<TState, Event, Task> call, TState state, CancellationToken cancellationToken = default) =>
        Loop.InvokeAsync(call, state, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync{TState, T}(Func{TState, Event{T}, Task}, TState, CancellationToken)"/>
    public Task<T> InvokeAsync<TState, T>(Func<TState, Event<T>, Task> call, TState state, CancellationToken cancellationToken = default) =>
        Loop.InvokeAsync(call, state, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeValueAsync(Action{Event}, CancellationToken)"/>
    public ValueTask InvokeValueAsync(Action<Event> call, CancellationToken cancellationToken = default) =>
        Loop.InvokeValueAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeValueAsync{T}(Action{Event{T}}, CancellationToken)"/>
    public ValueTask<T> InvokeValueAsync<T>(Action<Event<T>> call, CancellationToken cancellationToken = default) =>
        Loop.InvokeValueAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeValueAsync(Func{Event, Task}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public ValueTask InvokeValueAsync(Func<Event, Task> call, CancellationToken cancellationToken = default) =>
        Loop.InvokeValueAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeValueAsync{T}(Func{Event{T}, Task}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public ValueTask<T> InvokeValueAsync<T>(Func<Event<T>, Task> call, CancellationToken cancellationToken = default) =>
        Loop.InvokeValueAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeValueAsync{TState}(Action{TState, Event}, TState, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public ValueTask InvokeValueAsync<TState>(Action<TState, Event> call, TState state, CancellationToken cancellationToken = default) =>
        Loop.InvokeValueAsync(call, state, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeValueAsync{TState, T}(Action{TState, Event{T}}, TState, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public ValueTask<T> InvokeValueAsync<TState, T>(Action<TState, Event<T>> call, TState state, CancellationToken cancellationToken = default) =>
        Loop.InvokeValueAsync(call, state, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeValueAsync{TState}(Func{TState, Event, Task}, TState, CancellationToken)"/>
    public ValueTask InvokeValueAsync<TState>(Func<TState, Event, Task> call, TState state, CancellationToken cancellationToken = default) =>
        Loop.InvokeValueAsync(call, state, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeValueAsync{TState, T}(Func{TState, Event{T}, Task}, TState, CancellationToken)"/>
    public ValueTask<T> InvokeValueAsync<TState, T>(Func<TState, Event<T>, Task> call, TState state, CancellationToken cancellationToken = default) =>
        Loop.InvokeValueAsync(call, state, cancellationToken);
}

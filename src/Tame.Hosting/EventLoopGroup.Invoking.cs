using System.Runtime.CompilerServices;

namespace Tame.Hosting;

// Calls that the next loop runs. They have the same overload priorities for asynchronous functions as those of EventLoop.
public sealed partial class EventLoopGroup
{
    /// <inheritdoc cref="EventLoop.InvokeAsync(Action{Event}, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public Task InvokeAsync(Action<Event> call, CancellationToken cancellationToken = default) => Next.InvokeAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync{T}(Action{Event{T}}, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public Task<T> InvokeAsync<T>(Action<Event<T>> call, CancellationToken cancellationToken = default) => Next.InvokeAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync(Func{Event, Task}, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    [OverloadResolutionPriority(1)]
    public Task InvokeAsync(Func<Event, Task> call, CancellationToken cancellationToken = default) => Next.InvokeAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync{T}(Func{Event{T}, Task}, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    [OverloadResolutionPriority(1)]
    public Task<T> InvokeAsync<T>(Func<Event<T>, Task> call, CancellationToken cancellationToken = default) => Next.InvokeAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync(Func{Task}, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public Task InvokeAsync(Func<Task> call, CancellationToken cancellationToken = default) => Next.InvokeAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync{T}(Func{Task{T}}, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public Task<T> InvokeAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken = default) => Next.InvokeAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync{TState}(Action{TState, Event}, TState, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    [OverloadResolutionPriority(-1)]
    public Task InvokeAsync<TState>(Action<TState, Event> call, TState state, CancellationToken cancellationToken = default) =>
        Next.InvokeAsync(call, state, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync{TState, T}(Action{TState, Event{T}}, TState, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<T> InvokeAsync<TState, T>(Action<TState, Event<T>> call, TState state, CancellationToken cancellationToken = default) =>
        Next.InvokeAsync(call, state, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync{TState}(Func{TState, Event, Task}, TState, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public Task InvokeAsync<TState>(Func<TState, Event, Task> call, TState state, CancellationToken cancellationToken = default) =>
        Next.InvokeAsync(call, state, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeAsync{TState, T}(Func{TState, Event{T}, Task}, TState, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public Task<T> InvokeAsync<TState, T>(Func<TState, Event<T>, Task> call, TState state, CancellationToken cancellationToken = default) =>
        Next.InvokeAsync(call, state, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeValueAsync(Action{Event}, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public ValueTask InvokeValueAsync(Action<Event> call, CancellationToken cancellationToken = default) =>
        Next.InvokeValueAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeValueAsync{T}(Action{Event{T}}, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public ValueTask<T> InvokeValueAsync<T>(Action<Event<T>> call, CancellationToken cancellationToken = default) =>
        Next.InvokeValueAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeValueAsync(Func{Event, Task}, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    [OverloadResolutionPriority(1)]
    public ValueTask InvokeValueAsync(Func<Event, Task> call, CancellationToken cancellationToken = default) =>
        Next.InvokeValueAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeValueAsync{T}(Func{Event{T}, Task}, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    [OverloadResolutionPriority(1)]
    public ValueTask<T> InvokeValueAsync<T>(Func<Event<T>, Task> call, CancellationToken cancellationToken = default) =>
        Next.InvokeValueAsync(call, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeValueAsync{TState}(Action{TState, Event}, TState, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    [OverloadResolutionPriority(-1)]
    public ValueTask InvokeValueAsync<TState>(Action<TState, Event> call, TState state, CancellationToken cancellationToken = default) =>
        Next.InvokeValueAsync(call, state, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeValueAsync{TState, T}(Action{TState, Event{T}}, TState, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    [OverloadResolutionPriority(-1)]
    public ValueTask<T> InvokeValueAsync<TState, T>(Action<TState, Event<T>> call, TState state, CancellationToken cancellationToken = default) =>
        Next.InvokeValueAsync(call, state, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeValueAsync{TState}(Func{TState, Event, Task}, TState, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public ValueTask InvokeValueAsync<TState>(Func<TState, Event, Task> call, TState state, CancellationToken cancellationToken = default) =>
        Next.InvokeValueAsync(call, state, cancellationToken);

    /// <inheritdoc cref="EventLoop.InvokeValueAsync{TState, T}(Func{TState, Event{T}, Task}, TState, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public ValueTask<T> InvokeValueAsync<TState, T>(Func<TState, Event<T>, Task> call, TState state, CancellationToken cancellationToken = default) =>
        Next.InvokeValueAsync(call, state, cancellationToken);
}

using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>Calls for the loop of the thread, as those of <see cref="EventLoop"/>, and with the same priorities for asynchronous functions.</summary>
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
}

using System.Runtime.CompilerServices;

namespace Tame;

// Overloads for asynchronous functions. Without them, an async lambda binds to an action, as async void, and its exception ends the loop. Priorities select the
// overload for null and for anonymous methods without a parameter list, which fit several overloads.
public sealed partial class EventLoop
{
    /// <summary>
    /// Creates a loop on this thread and runs it until main's event completes, for an asynchronous main: <c>EventLoop.Run(async e => …)</c>.
    /// </summary>
    /// <param name="main">Receives the event and completes it. If its task fails, the event fails. Its awaits resume on the loop's thread.</param>
    /// <param name="options">How the loop keeps time and how it ends; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">A loop runs on this thread, or main returned null.</exception>
    /// <exception cref="LostEventException">Main's event was lost: no reference to it remains, so no code can trigger it.</exception>
    /// <exception cref="DeadlockException">In virtual time: nothing more can happen, and main's event is pending.</exception>
    /// <exception cref="Exception">
    /// The failure of main's event, or otherwise the first exception that nothing handled, with its original stack trace.
    /// <see cref="FailureExtensions.OtherFailures"/> returns the other failures that ended the run.
    /// </exception>
    /// <remarks>
    /// While main's task is in progress, virtual time stands still unless the task may be waiting for a timer of <see cref="TimeProvider"/>.
    /// </remarks>
    [OverloadResolutionPriority(1)]
    public static void Run(Func<Event, Task> main, EventLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        Run(e => AsyncCall.Follow(main(e), e), options);
    }

    /// <summary>Creates a loop on this thread, runs it until main's event completes, and returns the event's value, for an asynchronous main.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <returns>The value, or the type's default if the event was unblocked.</returns>
    /// <exception cref="OperationCanceledException">The loop was stopped before the event completed.</exception>
    /// <inheritdoc cref="Run(Func{Event, Task}, EventLoopOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static T Run<T>(Func<Event<T>, Task> main, EventLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        return Run<T>(e => AsyncCall.Follow(main(e), e.Unblocker), options);
    }

    /// <summary>Creates a loop on this thread and runs it until main's task completes: <c>EventLoop.Run(async () => …)</c>.</summary>
    /// <param name="main">The asynchronous function. Its awaits resume on the loop's thread.</param>
    /// <param name="options">How the loop keeps time and how it ends; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">A loop runs on this thread, or main returned null.</exception>
    /// <exception cref="Exception">
    /// The failure of main, or otherwise the first exception that nothing handled, with its original stack trace.
    /// <see cref="FailureExtensions.OtherFailures"/> returns the other failures that ended the run.
    /// </exception>
    /// <remarks>While main is in progress, virtual time stands still unless main may be waiting for a timer of <see cref="TimeProvider"/>.</remarks>
    public static void Run(Func<Task> main, EventLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        Run(e => AsyncCall.Complete(main(), e), options);
    }

    /// <summary>Creates a loop on this thread, runs it until main's task completes, and returns the task's result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <returns>The result.</returns>
    /// <exception cref="OperationCanceledException">The loop was stopped before the task completed.</exception>
    /// <inheritdoc cref="Run(Func{Task}, EventLoopOptions?)"/>
    public static T Run<T>(Func<Task<T>> main, EventLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        return Run<T>(e => AsyncCall.Complete(main(), e), options);
    }

    /// <summary>
    /// Runs an asynchronous function on the loop's thread, after the work that is ready. Functions of one sender run in the order in which they were posted.
    /// </summary>
    /// <param name="function">
    /// The function. Its awaits resume on the loop's thread. Its exceptions, and failures of its task, go to <see cref="UnhandledException"/>.
    /// </param>
    /// <exception cref="ArgumentNullException">The function is null.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    /// <remarks>
    /// While the function's task is in progress, the loop's run does not end, and virtual time stands still unless the task may be waiting for a timer of
    /// <see cref="TimeProvider"/>. Any thread may call this method.
    /// </remarks>
    [OverloadResolutionPriority(1)]
    public void Post(Func<Task> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        ObjectDisposedException.ThrowIf(!TryPost(new PostedFunction(function)), this);
    }

    /// <summary>Starts an asynchronous call on the loop's thread, after the work that is ready, and returns a task for its event.</summary>
    /// <param name="call">
    /// Receives the event and completes it. Its exceptions, and failures of its task, fail the event. Its awaits resume on the loop's thread. It runs with the
    /// execution context of the code that calls this method.
    /// </param>
    /// <param name="cancellationToken">If it is cancelled, the event and the returned task are cancelled.</param>
    /// <returns>
    /// The task. If the event fails, the task fails with the same exception, or is cancelled if that is an <see cref="OperationCanceledException"/>. If the
    /// event is lost, the task fails with a <see cref="LostEventException"/>. If the loop ends first, the task is cancelled. If the loop has already ended,
    /// the task fails with an <see cref="ObjectDisposedException"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException">The call is null.</exception>
    /// <remarks>
    /// Any thread may call it. The loop's run does not end while such a call is in progress. Virtual time stands still while the call's own task is in
    /// progress, unless the task may be waiting for a timer of <see cref="TimeProvider"/>. Code that waits for the returned task continues asynchronously,
    /// never inside Trigger. If the call's task fails after the event has completed, the failure goes to <see cref="UnhandledException"/>; a cancellation is
    /// dropped.
    /// </remarks>
    [OverloadResolutionPriority(1)]
    public Task InvokeAsync(Func<Event, Task> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync(e => AsyncCall.Follow(call(e), e), cancellationToken);
    }

    /// <summary>Starts an asynchronous call on the loop's thread, after the work that is ready, and returns a task for its event's value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <inheritdoc cref="InvokeAsync(Func{Event, Task}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<T> InvokeAsync<T>(Func<Event<T>, Task> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync<T>(e => AsyncCall.Follow(call(e), e.Unblocker), cancellationToken);
    }

    /// <summary>Starts an asynchronous call on the loop's thread, after the work that is ready, and returns a task for its event.</summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <param name="call">
    /// Receives the state and the event, and completes the event. Its exceptions, and failures of its task, fail the event. Its awaits resume on the loop's
    /// thread. It runs with the execution context of the code that calls this method.
    /// </param>
    /// <param name="state">The data that the call needs, so that the call can be a static lambda.</param>
    /// <param name="cancellationToken">If it is cancelled, the event and the returned task are cancelled.</param>
    /// <inheritdoc cref="InvokeAsync(Func{Event, Task}, CancellationToken)"/>
    public Task InvokeAsync<TState>(Func<TState, Event, Task> call, TState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync(static (given, e) => AsyncCall.Follow(given.call(given.state, e), e), (call, state), cancellationToken);
    }

    /// <summary>Starts an asynchronous call on the loop's thread, after the work that is ready, and returns a task for its event's value.</summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <inheritdoc cref="InvokeAsync{TState}(Func{TState, Event, Task}, TState, CancellationToken)"/>
    public Task<T> InvokeAsync<TState, T>(Func<TState, Event<T>, Task> call, TState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync<(Func<TState, Event<T>, Task> Call, TState State), T>(
            static (given, e) => AsyncCall.Follow(given.Call(given.State, e), e.Unblocker), (call, state), cancellationToken);
    }

    /// <summary>Starts an asynchronous function on the loop's thread, after the work that is ready, and returns a task for its end.</summary>
    /// <param name="call">
    /// The function. Its awaits resume on the loop's thread. It runs with the execution context of the code that calls this method.
    /// </param>
    /// <param name="cancellationToken">If it is cancelled, the returned task is cancelled. The function continues.</param>
    /// <returns>
    /// The task. If the function fails, the task fails with the same exception. If the loop ends first, the task is cancelled. If the loop has already ended,
    /// the task fails with an <see cref="ObjectDisposedException"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException">The call is null.</exception>
    /// <remarks>
    /// Any thread may call it. While the function is in progress, the loop's run does not end, and virtual time stands still unless the function may be waiting
    /// for a timer of <see cref="TimeProvider"/>. Code that waits for the returned task continues asynchronously. If the function fails after the returned task
    /// was cancelled, the failure goes to <see cref="UnhandledException"/>.
    /// </remarks>
    public Task InvokeAsync(Func<Task> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync(e => AsyncCall.Complete(call(), e), cancellationToken);
    }

    /// <summary>Starts an asynchronous function on the loop's thread, after the work that is ready, and returns a task for its result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <inheritdoc cref="InvokeAsync(Func{Task}, CancellationToken)"/>
    public Task<T> InvokeAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync<T>(e => AsyncCall.Complete(call(), e), cancellationToken);
    }
}

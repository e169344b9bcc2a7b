using System.Runtime.CompilerServices;

namespace Tame;

// Asynchronous functions. Without these overloads an async lambda binds to an action, as async void, and its exception ends the loop. Priorities decide for null and for anonymous methods
// without a parameter list, which fit several overloads.
public sealed partial class EventLoop
{
    /// <summary>Makes a loop on this thread and runs it until main's event completes, for an asynchronous main: <c>EventLoop.Run(async e => …)</c>.</summary>
    /// <param name="main">Gets the event, which it completes; a failure of its task fails the event. Its awaits come back to the loop's thread.</param>
    /// <param name="options">How the loop keeps time and how it ends; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">A loop runs on this thread, or main returned null.</exception>
    /// <exception cref="LostEventException">Main's event was dropped by everybody who could have triggered it.</exception>
    /// <exception cref="DeadlockException">In virtual time: nothing more can happen, and main's event is pending.</exception>
    /// <exception cref="Exception">
    /// The failure of main's event, or else the first exception that nothing handled, its stack kept. <see cref="FailureExtensions.OtherFailures"/> returns
    /// what else ended the run.
    /// </exception>
    /// <remarks>While main's task is under way, virtual time stands still unless the task may be waiting for a timer of <see cref="TimeProvider"/>.</remarks>
    [OverloadResolutionPriority(1)]
    public static void Run(Func<Event, Task> main, EventLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        Run(e => AsyncCall.Follow(main(e), e), options);
    }

    /// <summary>Makes a loop on this thread, runs it until main's event completes, and returns the event's value, for an asynchronous main.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <returns>The value; the type's default where the event was unblocked.</returns>
    /// <exception cref="OperationCanceledException">The loop was stopped before.</exception>
    /// <inheritdoc cref="Run(Func{Event, Task}, EventLoopOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static T Run<T>(Func<Event<T>, Task> main, EventLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        return Run<T>(e => AsyncCall.Follow(main(e), e.Unblocker), options);
    }

    /// <summary>Makes a loop on this thread and runs it until main's task completes: <c>EventLoop.Run(async () => …)</c>.</summary>
    /// <param name="main">The asynchronous function. Its awaits come back to the loop's thread.</param>
    /// <param name="options">How the loop keeps time and how it ends; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">A loop runs on this thread, or main returned null.</exception>
    /// <exception cref="Exception">
    /// The failure of main, or else the first exception that nothing handled, its stack kept. <see cref="FailureExtensions.OtherFailures"/> returns
    /// what else ended the run.
    /// </exception>
    /// <remarks>While main is under way, virtual time stands still unless main may be waiting for a timer of <see cref="TimeProvider"/>.</remarks>
    public static void Run(Func<Task> main, EventLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        Run(e => AsyncCall.Complete(main(), e), options);
    }

    /// <summary>Makes a loop on this thread, runs it until main's task completes, and returns the task's result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <returns>The result.</returns>
    /// <exception cref="OperationCanceledException">The loop was stopped before.</exception>
    /// <inheritdoc cref="Run(Func{Task}, EventLoopOptions?)"/>
    public static T Run<T>(Func<Task<T>> main, EventLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        return Run<T>(e => AsyncCall.Complete(main(), e), options);
    }

    /// <summary>Runs an asynchronous function on the loop's thread: from there behind what is ready, from other threads in the order of each sender.</summary>
    /// <param name="function">
    /// Its awaits come back to the loop's thread. A failure of its task, and what it throws, goes to <see cref="UnhandledException"/>.
    /// </param>
    /// <exception cref="ArgumentNullException">The function is null.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    /// <remarks>
    /// While the function's task is under way, the loop's run does not end, and virtual time stands still unless the task may be waiting for a timer of
    /// <see cref="TimeProvider"/>. Any thread may call it.
    /// </remarks>
    [OverloadResolutionPriority(1)]
    public void Post(Func<Task> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        ObjectDisposedException.ThrowIf(!TryPost(new PostedFunction(function)), this);
    }

    /// <summary>Starts an asynchronous call on the loop's thread, behind what is ready, and returns a task for its event.</summary>
    /// <param name="call">
    /// Gets the event, which it completes; a failure of its task, and what it throws, fails the event. Its awaits come back to the loop's thread. It brings the execution context of now.
    /// </param>
    /// <param name="cancellationToken">When it is cancelled, the event is cancelled, and the returned task with it.</param>
    /// <returns>
    /// The task. A failure of the event is its exception, and one by an <see cref="OperationCanceledException"/> cancels it; when the event
    /// is lost, that is a <see cref="LostEventException"/>; when the loop ends before, the task is cancelled; when the loop has ended
    /// already, it has failed with <see cref="ObjectDisposedException"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException">The call is null.</exception>
    /// <remarks>
    /// Any thread may call it. The loop's run does not end while such a call is under way, and virtual time stands still while the call's own task is, unless
    /// the task may be waiting for a timer of <see cref="TimeProvider"/>. What waits for the returned task goes
    /// on asynchronously, never inside Trigger. If the call's task fails after the event has completed, the failure goes to <see cref="UnhandledException"/>; a
    /// cancellation is dropped.
    /// </remarks>
    [OverloadResolutionPriority(1)]
    public Task InvokeAsync(Func<Event, Task> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync(e => AsyncCall.Follow(call(e), e), cancellationToken);
    }

    /// <summary>Starts an asynchronous call on the loop's thread, behind what is ready, and returns a task for its event's value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <inheritdoc cref="InvokeAsync(Func{Event, Task}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<T> InvokeAsync<T>(Func<Event<T>, Task> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync<T>(e => AsyncCall.Follow(call(e), e.Unblocker), cancellationToken);
    }

    /// <summary>Starts an asynchronous call on the loop's thread, behind what is ready, and returns a task for its event.</summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <param name="call">
    /// Gets the state and the event, which it completes; a failure of its task, and what it throws, fails the event. Its awaits come back to the loop's thread. It brings the execution
    /// context of now.
    /// </param>
    /// <param name="state">What the call needs, so that a static lambda can do with it.</param>
    /// <param name="cancellationToken">When it is cancelled, the event is cancelled, and the returned task with it.</param>
    /// <inheritdoc cref="InvokeAsync(Func{Event, Task}, CancellationToken)"/>
    public Task InvokeAsync<TState>(Func<TState, Event, Task> call, TState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync(static (given, e) => AsyncCall.Follow(given.call(given.state, e), e), (call, state), cancellationToken);
    }

    /// <summary>Starts an asynchronous call on the loop's thread, behind what is ready, and returns a task for its event's value.</summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <inheritdoc cref="InvokeAsync{TState}(Func{TState, Event, Task}, TState, CancellationToken)"/>
    public Task<T> InvokeAsync<TState, T>(Func<TState, Event<T>, Task> call, TState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync<(Func<TState, Event<T>, Task> Call, TState State), T>(
            static (given, e) => AsyncCall.Follow(given.Call(given.State, e), e.Unblocker), (call, state), cancellationToken);
    }

    /// <summary>Starts an asynchronous function on the loop's thread, behind what is ready, and returns a task for its end.</summary>
    /// <param name="call">The function. Its awaits come back to the loop's thread. It brings the execution context of now.</param>
    /// <param name="cancellationToken">When it is cancelled, the returned task is cancelled. The function goes on.</param>
    /// <returns>
    /// The task. A failure of the function is its exception; when the loop ends before, it is cancelled; when the loop has ended
    /// already, it has failed with <see cref="ObjectDisposedException"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException">The call is null.</exception>
    /// <remarks>
    /// Any thread may call it. The loop's run does not end while the function is under way, and virtual time stands still unless the function may be
    /// waiting for a timer of <see cref="TimeProvider"/>. What waits for the returned task goes on asynchronously. If the
    /// function fails after the returned task was cancelled, the failure goes to <see cref="UnhandledException"/>.
    /// </remarks>
    public Task InvokeAsync(Func<Task> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync(e => AsyncCall.Complete(call(), e), cancellationToken);
    }

    /// <summary>Starts an asynchronous function on the loop's thread, behind what is ready, and returns a task for its result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <inheritdoc cref="InvokeAsync(Func{Task}, CancellationToken)"/>
    public Task<T> InvokeAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync<T>(e => AsyncCall.Complete(call(), e), cancellationToken);
    }
}

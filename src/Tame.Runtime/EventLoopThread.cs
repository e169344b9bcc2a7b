namespace Tame;

/// <summary>A background thread with an event loop. The loop runs until it is stopped, even while it has nothing to do.</summary>
/// <remarks>
/// Any thread may use every member. An unhandled failure ends the loop, as it ends <see cref="EventLoop.Run(Action{Event}, EventLoopOptions?)"/>, and
/// <see cref="Completion"/> fails with it. To keep the loop running instead, handle <see cref="EventLoop.UnhandledException"/> of <see cref="Loop"/>.
/// </remarks>
public sealed partial class EventLoopThread : IAsyncDisposable, IDisposable
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;

    private EventLoopThread(EventLoopOptions options)
    {
        var made = new TaskCompletionSource<EventLoop>();
        _thread = new Thread(() => Run(options, made)) { IsBackground = true };
        _thread.UnsafeStart();
        Loop = made.Task.GetAwaiter().GetResult();
    }

    /// <summary>The name of the loop and of its thread: <see cref="EventLoop.Name"/>.</summary>
    public string Name => Loop.Name;

    /// <summary>The loop. Its members say which threads may use them.</summary>
    public EventLoop Loop { get; }

    /// <summary>
    /// Completes when the loop has ended and its calls have cleaned up. It succeeds if <see cref="StopAsync"/>, <see cref="Dispose"/> or
    /// <see cref="EventLoop.Stop"/> ended the loop. If an unhandled failure ended it, the task fails with that failure;
    /// <see cref="FailureExtensions.OtherFailures"/> returns the others.
    /// </summary>
    public Task Completion => _completion.Task;

    /// <summary>Starts a thread with a loop that has the default options, and returns when the loop accepts work.</summary>
    /// <returns>The running loop. Dispose it, or call <see cref="StopAsync"/>, to end it.</returns>
    public static EventLoopThread Start() => Start(new EventLoopOptions());

    /// <summary>Starts a thread with a loop, and returns when the loop accepts work.</summary>
    /// <param name="options">How the loop keeps time and how it ends. <see cref="EventLoopOptions.Name"/> is also the name of the thread.</param>
    /// <returns>The running loop. Dispose it, or call <see cref="StopAsync"/>, to end it.</returns>
    /// <exception cref="ArgumentException">The options request virtual time, which cannot pass in a loop that waits for other threads.</exception>
    public static EventLoopThread Start(EventLoopOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.VirtualTime)
            throw new ArgumentException(
                "A loop with its own thread cannot have virtual time: other threads may post work at any moment. Use EventLoop.Run with VirtualTime, or set EventLoopOptions.TimeProvider to a clock that the test advances.",
                nameof(options));
        return new EventLoopThread(options);
    }

    /// <summary>Starts a thread with a loop that has this name, and returns when the loop accepts work.</summary>
    /// <param name="name">The name of the loop and of its thread.</param>
    /// <returns>The running loop. Dispose it, or call <see cref="StopAsync"/>, to end it.</returns>
    public static EventLoopThread Start(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Start(new EventLoopOptions { Name = name });
    }

    /// <summary>
    /// Ends the loop as its options say, and waits for its end. With <see cref="ExitBehavior.Cancel"/>, the calls in progress get an
    /// <see cref="OperationCanceledException"/>, and have <see cref="EventLoopOptions.ExitTimeout"/> for their <c>finally</c> blocks.
    /// </summary>
    /// <param name="cancellationToken">If it is cancelled, the returned task is cancelled. The loop still ends.</param>
    /// <returns>
    /// The task, which completes as <see cref="Completion"/> does: with the failure, if one ended the loop. A second call waits for the same end. A tamed
    /// call on the loop itself may wait for the task with an event. That wait is cancelled like the waits of other calls, because otherwise it would never
    /// end.
    /// </returns>
    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        Loop.Send(new StopRequest());
        return Completion.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Ends the loop as <see cref="StopAsync"/> does and waits for its thread. On the loop's own thread it only asks the loop to end. It throws no failure of the loop;
    /// <see cref="Completion"/> has it.
    /// </summary>
    public void Dispose()
    {
        Loop.Send(new StopRequest());
        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    /// <summary>Ends the loop as <see cref="StopAsync"/> does. It throws no failure of the loop; <see cref="Completion"/> has it.</summary>
    /// <returns>A task that completes when the loop has ended.</returns>
    public ValueTask DisposeAsync()
    {
        Loop.Send(new StopRequest());
        return new ValueTask(_ended.Task);
    }

    private void Run(EventLoopOptions options, TaskCompletionSource<EventLoop> made)
    {
        Exception? failure = null;
        try
        {
            Run(new EventLoop(options), made);
        }
        catch (Exception error)
        {
            failure = error;
        }
        if (failure is null)
            _completion.SetResult();
        else if (!made.TrySetException(failure))
            _completion.SetException(failure);
        _ended.SetResult();
    }

    /// <summary>Runs the loop. A call in progress keeps it running. A hold on time would do so too, but it would hide lost events.</summary>
    private static void Run(EventLoop made, TaskCompletionSource<EventLoop> told)
    {
        using var loop = made;
        Thread.CurrentThread.Name = loop.Name;
        Event open = default;
        _ = loop.InvokeAsync(e => open = e);
        told.SetResult(loop);
        try
        {
            loop.Run();
        }
        finally
        {
            open.Trigger();
        }
    }

    /// <summary>Stops the loop. It has no effect if the loop is already ending and its calls are cleaning up.</summary>
    private sealed class StopRequest : Message
    {
        internal override void Run(EventLoop loop)
        {
            if (loop.OwnCancellations is null)
                loop.Stop();
        }

        internal override void Drop(EventLoop loop)
        {
        }
    }
}

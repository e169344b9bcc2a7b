namespace Tame;

/// <summary>A background thread with an event loop. The loop runs until it is stopped, also while nothing is outstanding.</summary>
/// <remarks>
/// Any thread may use every member. A failure that nothing handles ends the loop, as it ends <see cref="EventLoop.Run(Action{Event}, EventLoopOptions?)"/>: then
/// <see cref="Completion"/> faults with it. To go on instead, handle <see cref="EventLoop.UnhandledException"/> of <see cref="Loop"/>.
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
    /// Ends when the loop has ended and its calls have cleaned up. It is successful if <see cref="StopAsync"/>, <see cref="Dispose"/> or <see cref="EventLoop.Stop"/> ended
    /// the loop. If a failure did that nothing handled, it faults with that failure; <see cref="FailureExtensions.OtherFailures"/> has the others.
    /// </summary>
    public Task Completion => _completion.Task;

    /// <summary>Starts a thread with a loop of the default options, and returns once the loop takes work.</summary>
    /// <returns>The running loop. Dispose it, or call <see cref="StopAsync"/>, to end it.</returns>
    public static EventLoopThread Start() => Start(new EventLoopOptions());

    /// <summary>Starts a thread with a loop, and returns once the loop takes work.</summary>
    /// <param name="options">How the loop keeps time and how it ends. <see cref="EventLoopOptions.Name"/> names the thread as well.</param>
    /// <returns>The running loop. Dispose it, or call <see cref="StopAsync"/>, to end it.</returns>
    /// <exception cref="ArgumentException">The options ask for virtual time, which cannot pass for a loop that waits for other threads.</exception>
    public static EventLoopThread Start(EventLoopOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.VirtualTime)
            throw new ArgumentException(
                "A loop with its own thread cannot have virtual time: other threads may post work at any moment. Use EventLoop.Run with VirtualTime, or set EventLoopOptions.TimeProvider to a clock that the test advances.",
                nameof(options));
        return new EventLoopThread(options);
    }

    /// <summary>Starts a thread with a loop that has this name, and returns once the loop takes work.</summary>
    /// <param name="name">The name of the loop and of its thread.</param>
    /// <returns>The running loop. Dispose it, or call <see cref="StopAsync"/>, to end it.</returns>
    public static EventLoopThread Start(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Start(new EventLoopOptions { Name = name });
    }

    /// <summary>
    /// Ends the loop as its options say, and waits for that. With <see cref="ExitBehavior.Cancel"/> the calls under way get an <see cref="OperationCanceledException"/>, and
    /// have <see cref="EventLoopOptions.ExitTimeout"/> for their <c>finally</c> blocks.
    /// </summary>
    /// <param name="cancellationToken">When it is cancelled, the returned task is. The loop goes on ending.</param>
    /// <returns>
    /// The task, which ends as <see cref="Completion"/> does: with the failure, if one ended the loop. A second call waits for the same end. A call on the loop's own thread may
    /// wait for it with an event; that wait is cancelled as those of the others are, since it would never end otherwise.
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
    /// <returns>A task that ends when the loop has ended.</returns>
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

    /// <summary>A call that is under way keeps the loop running, and hides no loss from it as a hold of time would.</summary>
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

    /// <summary>Has no effect on a loop that ends already, whose calls have their time to clean up.</summary>
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

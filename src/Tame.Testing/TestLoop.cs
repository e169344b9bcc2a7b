using System.Runtime.CompilerServices;

namespace Tame.Testing;

/// <summary>
/// Runs the body of a test on an event loop in virtual time, in any test framework. The body is a tamed method or an asynchronous function. The test method is
/// synchronous with <c>Run</c>, or returns a task with <c>RunAsync</c>.
/// </summary>
/// <remarks>
/// <para>Each test has a loop on its own thread, to which <c>AsyncLocal</c> values of the caller flow. Tests may run at the same time.</para>
/// <para>A test never hangs. A body that cannot end gets a <see cref="DeadlockException"/> or <see cref="LostEventException"/>. A test that exceeds a budget of
/// <see cref="TestLoopOptions"/> fails with a <see cref="LoopAssertException"/>. All of them show which calls wait.</para>
/// <para>The test fails with the exception that its body throws. It also fails if a failure reaches no event, such as that of a call with
/// <see cref="Event.Detached"/>; if calls that are left do not end when they are cancelled; and if an event was lost, even if the body caught the exception.</para>
/// </remarks>
public static partial class TestLoop
{
    /// <summary>The virtual time that the test of this thread has taken. On a loop with a <see cref="EventLoopOptions.TimeProvider"/>, the time by that clock.</summary>
    /// <exception cref="InvalidOperationException">This is not the thread of a test loop.</exception>
    public static TimeSpan Elapsed => TestRun.Here.Elapsed;

    /// <summary>Runs a test until its event completes.</summary>
    /// <param name="body">Gets the event; usually a tamed method.</param>
    /// <param name="options">The budgets of the test and the options of its loop; null for the defaults.</param>
    /// <param name="file">The compiler writes it.</param>
    /// <param name="line">The compiler writes it.</param>
    /// <exception cref="InvalidOperationException">A loop runs on this thread: test loops do not nest.</exception>
    /// <exception cref="LoopAssertException">A budget was exceeded, an assertion of <see cref="LoopAssert"/> has failed, or events were lost.</exception>
    /// <exception cref="DeadlockException">Nothing more can happen, but the event is still pending.</exception>
    /// <exception cref="LostEventException">No code was left that could complete the event.</exception>
    /// <exception cref="Exception">The exception of the body, or the first exception that nothing handled, with its stack trace.</exception>
    public static void Run(Action<Event> body, TestLoopOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Plain(body, options, new Place(file, line)).Run();

    /// <summary>Runs a test until its event completes, and returns the event's value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <returns>The value; the type's default value if the event was unblocked.</returns>
    /// <inheritdoc cref="Run(Action{Event}, TestLoopOptions?, string, int)"/>
    public static T Run<T>(Action<Event<T>> body, TestLoopOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var (run, result) = WithValue(body, options, new Place(file, line));
        run.Run();
        return result.Value!;
    }

    /// <summary>Runs an asynchronous test until its event completes: <c>TestLoop.Run(async e => …)</c>.</summary>
    /// <param name="body">Gets the event and completes it. A failure of its task fails the event. Its awaits resume on the loop's thread.</param>
    /// <param name="options">The budgets of the test and the options of its loop; null for the defaults.</param>
    /// <param name="file">The compiler writes it.</param>
    /// <param name="line">The compiler writes it.</param>
    /// <inheritdoc cref="Run(Action{Event}, TestLoopOptions?, string, int)" path="/*[not(self::param)]"/>
    [OverloadResolutionPriority(1)]
    public static void Run(Func<Event, Task> body, TestLoopOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Run(Followed(body), options, file, line);

    /// <summary>Runs an asynchronous test until its event completes, and returns the event's value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <returns>The value; the type's default value if the event was unblocked.</returns>
    /// <inheritdoc cref="Run(Func{Event, Task}, TestLoopOptions?, string, int)"/>
    [OverloadResolutionPriority(1)]
    public static T Run<T>(Func<Event<T>, Task> body, TestLoopOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Run(Followed(body), options, file, line);

    /// <summary>Runs an asynchronous test until its task completes: <c>TestLoop.Run(async () => …)</c>.</summary>
    /// <param name="body">The asynchronous function. Its awaits resume on the loop's thread.</param>
    /// <param name="options">The budgets of the test and the options of its loop; null for the defaults.</param>
    /// <param name="file">The compiler writes it.</param>
    /// <param name="line">The compiler writes it.</param>
    /// <inheritdoc cref="Run(Action{Event}, TestLoopOptions?, string, int)" path="/*[not(self::param)]"/>
    public static void Run(Func<Task> body, TestLoopOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Run(Completed(body), options, file, line);

    /// <summary>Runs an asynchronous test until its task completes, and returns the task's result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <returns>The result.</returns>
    /// <inheritdoc cref="Run(Func{Task}, TestLoopOptions?, string, int)"/>
    public static T Run<T>(Func<Task<T>> body, TestLoopOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Run(Completed(body), options, file, line);

    private static TestRun Plain(Action<Event> body, TestLoopOptions? options, Place place)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new TestRun(options, place, loop =>
        {
            var end = new MainEvent(loop);
            loop.RunMain(end, () => body(end.Make()));
        });
    }

    private static (TestRun Run, StrongBox<T> Result) WithValue<T>(Action<Event<T>> body, TestLoopOptions? options, Place place)
    {
        ArgumentNullException.ThrowIfNull(body);
        var value = new StrongBox<T>();
        var run = new TestRun(options, place, loop =>
        {
            var end = new MainEvent<T>(loop);
            loop.RunMain(end, () => body(end.Make()));
            value.Value = end.Value;
        });
        return (run, value);
    }

    private static Action<Event> Followed(Func<Event, Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return e => AsyncCall.Follow(body(e), e);
    }

    private static Action<Event<T>> Followed<T>(Func<Event<T>, Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return e => AsyncCall.Follow(body(e), e.Unblocker);
    }

    private static Action<Event> Completed(Func<Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return e => AsyncCall.Complete(body(), e);
    }

    private static Action<Event<T>> Completed<T>(Func<Task<T>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return e => AsyncCall.Complete(body(), e);
    }
}

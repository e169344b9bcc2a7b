using System.Runtime.CompilerServices;

namespace Tame.Testing;

/// <summary>
/// Runs the body of a test on an event loop in virtual time, which no test framework has to know. The body is a tamed method or an asynchronous function, and
/// the test method is synchronous with <c>Run</c> or returns a task with <c>RunAsync</c>.
/// </summary>
/// <remarks>
/// <para>Each test has a loop on a thread of its own, which <c>AsyncLocal</c> values of the caller flow to. Tests may run at the same time.</para>
/// <para>A test never hangs: a body that cannot end gets a <see cref="DeadlockException"/> or <see cref="LostEventException"/>, and one that exceeds a budget of
/// <see cref="TestLoopOptions"/> a <see cref="LoopAssertException"/>. All of them show which calls wait.</para>
/// <para>The test fails with what its body throws, as itself. It also fails with what no event could take, such as the failure of a call that was given
/// <see cref="Event.Detached"/>; when calls that are left do not end once they are cancelled; and when an event was lost, even where the body has caught that.</para>
/// </remarks>
public static partial class TestLoop
{
    /// <summary>How much virtual time the test of this thread has taken; on a loop with a <see cref="EventLoopOptions.TimeProvider"/>, time of that.</summary>
    /// <exception cref="InvalidOperationException">This is not the thread of a test loop.</exception>
    public static TimeSpan Elapsed => TestRun.Here.Elapsed;

    /// <summary>Runs a test until its event completes.</summary>
    /// <param name="body">Gets the event; usually a tamed method.</param>
    /// <param name="options">What the test may take; null for the defaults.</param>
    /// <param name="file">The compiler writes it.</param>
    /// <param name="line">The compiler writes it.</param>
    /// <exception cref="InvalidOperationException">A loop runs on this thread: test loops do not nest.</exception>
    /// <exception cref="LoopAssertException">A budget is exceeded, an assertion of <see cref="LoopAssert"/> has failed, or events were lost.</exception>
    /// <exception cref="DeadlockException">Nothing more can happen, and the event is pending.</exception>
    /// <exception cref="LostEventException">No code was left that could complete the event.</exception>
    /// <exception cref="Exception">What the body threw, or the first exception that nothing handled, its stack kept.</exception>
    public static void Run(Action<Event> body, TestLoopOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Plain(body, options, new Place(file, line)).Run();

    /// <summary>Runs a test until its event completes, and returns the event's value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <returns>The value; the type's default where the event was unblocked.</returns>
    /// <inheritdoc cref="Run(Action{Event}, TestLoopOptions?, string, int)"/>
    public static T Run<T>(Action<Event<T>> body, TestLoopOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var (run, result) = WithValue(body, options, new Place(file, line));
        run.Run();
        return result.Value!;
    }

    /// <summary>Runs an asynchronous test until its event completes: <c>TestLoop.Run(async e => …)</c>.</summary>
    /// <param name="body">Gets the event, which it completes; a failure of its task fails the event. Its awaits come back to the loop's thread.</param>
    /// <param name="options">What the test may take; null for the defaults.</param>
    /// <param name="file">The compiler writes it.</param>
    /// <param name="line">The compiler writes it.</param>
    /// <inheritdoc cref="Run(Action{Event}, TestLoopOptions?, string, int)" path="/*[not(self::param)]"/>
    [OverloadResolutionPriority(1)]
    public static void Run(Func<Event, Task> body, TestLoopOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Run(Followed(body), options, file, line);

    /// <summary>Runs an asynchronous test until its event completes, and returns the event's value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <returns>The value; the type's default where the event was unblocked.</returns>
    /// <inheritdoc cref="Run(Func{Event, Task}, TestLoopOptions?, string, int)"/>
    [OverloadResolutionPriority(1)]
    public static T Run<T>(Func<Event<T>, Task> body, TestLoopOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Run(Followed(body), options, file, line);

    /// <summary>Runs an asynchronous test until its task completes: <c>TestLoop.Run(async () => …)</c>.</summary>
    /// <param name="body">The asynchronous function. Its awaits come back to the loop's thread.</param>
    /// <param name="options">What the test may take; null for the defaults.</param>
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

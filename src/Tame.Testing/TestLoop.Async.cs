using System.Runtime.CompilerServices;

namespace Tame.Testing;

/// <summary>Runs tests whose method returns a task, without blocking the caller's thread.</summary>
public static partial class TestLoop
{
    /// <summary>Runs a test until its event completes, for a test method that returns a task.</summary>
    /// <returns>A task. It fails with the exception that <c>Run</c> would throw.</returns>
    /// <inheritdoc cref="Run(Action{Event}, TestLoopOptions?, string, int)"/>
    public static Task RunAsync(Action<Event> body, TestLoopOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Plain(body, options, new Place(file, line)).RunAsync();

    /// <summary>Runs a test until its event completes, for a test method that wants its value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <returns>A task with the event's value. It fails with the exception that <c>Run</c> would throw.</returns>
    /// <inheritdoc cref="Run(Action{Event}, TestLoopOptions?, string, int)"/>
    public static async Task<T> RunAsync<T>(Action<Event<T>> body, TestLoopOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var (run, result) = WithValue(body, options, new Place(file, line));
        await run.RunAsync().ConfigureAwait(false);
        return result.Value!;
    }

    /// <summary>Runs an asynchronous test until its event completes, for a test method that returns a task.</summary>
    /// <returns>A task. It fails with the exception that <c>Run</c> would throw.</returns>
    /// <inheritdoc cref="Run(Func{Event, Task}, TestLoopOptions?, string, int)"/>
    [OverloadResolutionPriority(1)]
    public static Task RunAsync(Func<Event, Task> body, TestLoopOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        RunAsync(Followed(body), options, file, line);

    /// <summary>Runs an asynchronous test until its event completes, for a test method that wants its value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <returns>A task with the event's value. It fails with the exception that <c>Run</c> would throw.</returns>
    /// <inheritdoc cref="Run(Func{Event, Task}, TestLoopOptions?, string, int)"/>
    [OverloadResolutionPriority(1)]
    public static Task<T> RunAsync<T>(Func<Event<T>, Task> body, TestLoopOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        RunAsync(Followed(body), options, file, line);

    /// <summary>Runs an asynchronous test until its task completes, for a test method that returns a task.</summary>
    /// <returns>A task. It fails with the exception that <c>Run</c> would throw.</returns>
    /// <inheritdoc cref="Run(Func{Task}, TestLoopOptions?, string, int)"/>
    public static Task RunAsync(Func<Task> body, TestLoopOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        RunAsync(Completed(body), options, file, line);

    /// <summary>Runs an asynchronous test until its task completes, for a test method that wants its result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <returns>A task with the body's result. It fails with the exception that <c>Run</c> would throw.</returns>
    /// <inheritdoc cref="Run(Func{Task}, TestLoopOptions?, string, int)"/>
    public static Task<T> RunAsync<T>(Func<Task<T>> body, TestLoopOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        RunAsync(Completed(body), options, file, line);
}

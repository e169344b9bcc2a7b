using System.Runtime.CompilerServices;

namespace Tame.Testing;

/// <summary>Assertions about tasks, such as those that <c>EventLoop.InvokeAsync</c> returns.</summary>
public static partial class LoopAssert
{
    /// <summary>Asserts that a task ends within a virtual time from now.</summary>
    /// <param name="task">The task. While it may be real work, virtual time stops.</param>
    /// <param name="time">The time, including its end. With zero, the task must not wait for time.</param>
    /// <param name="file">The compiler writes it.</param>
    /// <param name="line">The compiler writes it.</param>
    /// <returns>A task that ends as the given one does. If that one does not end in time, it fails with a <see cref="LoopAssertException"/>.</returns>
    /// <exception cref="ArgumentNullException">The task is null.</exception>
    /// <exception cref="InvalidOperationException">This thread has no loop in virtual time.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static Task EndsWithin(this Task task, TimeSpan time, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(task);
        return Here(time).InvokeAsync(e => task.Trigger(e.EndsWithin(time, file, line)));
    }

    /// <summary>Asserts that a task ends within a virtual time from now.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <returns>A task that ends as the given one does, with its result. If that one does not end in time, it fails with a <see cref="LoopAssertException"/>.</returns>
    /// <inheritdoc cref="EndsWithin(Task, TimeSpan, string, int)"/>
    public static Task<T> EndsWithin<T>(this Task<T> task, TimeSpan time, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(task);
        return Here(time).InvokeAsync<T>(e => task.Trigger(e.EndsWithin(time, file, line)));
    }

    /// <summary>Asserts that a task has not ended after a virtual time from now.</summary>
    /// <param name="task">The task.</param>
    /// <param name="time">The time. A task that ends exactly at its end is also too early. With zero, the task must wait: for time, or for a later step of the test.</param>
    /// <param name="file">The compiler writes it.</param>
    /// <param name="line">The compiler writes it.</param>
    /// <returns>A task that ends after that time. It fails with a <see cref="LoopAssertException"/> if the given task has ended by then, with or without a failure.</returns>
    /// <exception cref="ArgumentNullException">The task is null.</exception>
    /// <exception cref="InvalidOperationException">This thread has no loop in virtual time.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static Task StillBlockedAfter(this Task task, TimeSpan time, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(task);
        var loop = Here(time);
        return loop.InvokeAsync(e => TaskMark.Add(loop, task, time, new Place(file, line), e));
    }
}

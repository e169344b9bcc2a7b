namespace Tame;

/// <summary>Lets tasks complete events.</summary>
/// <remarks>
/// The event's loop tracks a running task: until the task ends, the loop's run does not end, and virtual time stands still unless the task may be waiting for a
/// timer of <see cref="EventLoop.TimeProvider"/>. The event completes inside the completion of the task, on its thread, without the thread pool. A failed task
/// fails the event with its first exception, which is also what <c>await</c> throws; <see cref="FailureExtensions.OtherFailures"/> returns the others. A
/// cancelled task fails the event with its <see cref="OperationCanceledException"/>. If something else has completed the event first, the task continues, and
/// its result is ignored. Any thread may call these methods.
/// </remarks>
public static class TaskAdapters
{
    /// <summary>Triggers an event when a task has run to completion.</summary>
    /// <param name="task">The task.</param>
    /// <param name="e">The event.</param>
    public static void Trigger(this Task task, Event e)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.IsCompletedSuccessfully)
            e.Trigger();
        else
            new TaskWatch(e).Start(task);
    }

    /// <summary>Triggers an event with the result of a task.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="task">The task.</param>
    /// <param name="e">The event.</param>
    public static void Trigger<T>(this Task<T> task, Event<T> e)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.IsCompletedSuccessfully)
            e.Trigger(task.Result);
        else
            new TaskWatch<T>(e).Start(task);
    }

    /// <summary>Triggers an event when a task has run to completion.</summary>
    /// <param name="task">The task. It must not be used again.</param>
    /// <param name="e">The event.</param>
    public static void Trigger(this ValueTask task, Event e)
    {
        if (!task.IsCompletedSuccessfully)
        {
            task.AsTask().Trigger(e);
            return;
        }
        task.GetAwaiter().GetResult();      // lets a pooled source know that the result was read
        e.Trigger();
    }

    /// <summary>Triggers an event with the result of a task.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="task">The task. It must not be used again.</param>
    /// <param name="e">The event.</param>
    public static void Trigger<T>(this ValueTask<T> task, Event<T> e)
    {
        if (task.IsCompletedSuccessfully)
            e.Trigger(task.Result);
        else
            task.AsTask().Trigger(e);
    }
}

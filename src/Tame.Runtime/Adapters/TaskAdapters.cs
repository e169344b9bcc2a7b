namespace Tame;

/// <summary>Tasks that complete events.</summary>
/// <remarks>
/// The event's loop knows of a task that is under way: its run does not end before, and virtual time stands still, except where the task may be waiting for
/// a timer of <see cref="EventLoop.TimeProvider"/>. The event completes inside the completion of the task, on its thread: no thread pool lies between them. A
/// failed task fails the event with its first exception, as <c>await</c> throws it; <see cref="FailureExtensions.OtherFailures"/> tells the others. A cancelled
/// task fails the event with its <see cref="OperationCanceledException"/>. When the event has completed otherwise, the task goes on unheeded. Any thread may
/// call these.
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
    /// <param name="task">The task, which is used up.</param>
    /// <param name="e">The event.</param>
    public static void Trigger(this ValueTask task, Event e)
    {
        if (!task.IsCompletedSuccessfully)
        {
            task.AsTask().Trigger(e);
            return;
        }
        task.GetAwaiter().GetResult();      // what is behind it may be pooled, and waits for that
        e.Trigger();
    }

    /// <summary>Triggers an event with the result of a task.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="task">The task, which is used up.</param>
    /// <param name="e">The event.</param>
    public static void Trigger<T>(this ValueTask<T> task, Event<T> e)
    {
        if (task.IsCompletedSuccessfully)
            e.Trigger(task.Result);
        else
            task.AsTask().Trigger(e);
    }
}

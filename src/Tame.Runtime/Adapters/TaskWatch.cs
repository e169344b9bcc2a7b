namespace Tame;

/// <summary>Waits for a task and completes an event with what became of it.</summary>
internal class TaskWatch(Task task, Event e)
{
    /// <summary>The loop that counts the task, where the event's completion does not take care of that.</summary>
    private EventLoop? _counting;

    /// <summary>The loop on which a failure of a task without a waiter is reported: a task ends on any thread.</summary>
    private EventLoop? _reporting;

    /// <summary>What wants to know that the task is over; null where nobody does.</summary>
    public StartedWork? Work { get; init; }

    public void Start()
    {
        if (task.IsCompleted)
        {
            Complete();
            return;
        }
        if (e.IsPending)
            Count(e.Loop!);
        else if (Work is null)
            return;
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(Complete);
    }

    protected virtual void Succeed() => e.Trigger();

    private void Count(EventLoop loop)
    {
        if (DetachedEvent.Is(e.Carrier!))
        {
            _reporting = LoopThread.Current;
            return;
        }
        loop.AddOutsideWork();
        if (!Event.OnCompleted(e, new OutsideWorkHook()))
            _counting = loop;
    }

    private void Complete()
    {
        Work?.EndWork();
        if (task.IsCompletedSuccessfully)
            Succeed();
        else if (_reporting is { } loop)
            DetachedEvent.Fail(e.Carrier!, ErrorOf(task), loop);
        else if (e.IsPending)
            e.Fail(ErrorOf(task));
        _counting?.RemoveOutsideWork();
    }

    /// <summary>As <c>await</c>, it takes the first of several exceptions; the others come with it.</summary>
    internal static Exception ErrorOf(Task task)
    {
        if (task.Exception is { } error)
            return FailureGroup.Join(error.InnerExceptions.Select(FailureGroup.Leaving));
        try
        {
            task.GetAwaiter().GetResult();
            return new TaskCanceledException(task);
        }
        catch (OperationCanceledException cancelled)
        {
            return cancelled;
        }
    }
}

/// <summary>Completes an event with the result of a task.</summary>
internal sealed class TaskWatch<T>(Task<T> task, Event<T> e) : TaskWatch(task, e.Unblocker)
{
    protected override void Succeed() => e.Trigger(task.Result);
}

/// <summary>Takes a piece of outside work off the loop's count when its event completes, in whichever way.</summary>
internal sealed class OutsideWorkHook : Hook
{
    internal override void Completed(EventLoop loop) => loop.RemoveOutsideWork();
}

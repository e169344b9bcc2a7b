namespace Tame;

/// <summary>Waits for a task and completes an event the way that the task ended.</summary>
internal class TaskWatch(Event e)
{
    public void Start(Task task)
    {
        if (task.IsCompleted)
        {
            Complete(task);
            return;
        }
        if (!e.IsPending)
        {
            if (!IsWanted)
                return;
        }
        else if (DetachedEvent.Is(e.Lifeline!))
        {
            InPlace.Continue(task, static (task, end) => ((DetachedEnd)end!).Complete(task), new DetachedEnd(this, LoopThread.Current));
            return;
        }
        else if (!InvokedTask.TryWatch(task, e.Loop!))
        {
            Count(e.Loop!, task.Status is TaskStatus.WaitingToRun or TaskStatus.Running);
        }
        InPlace.Continue(task, static (task, watch) => ((TaskWatch)watch!).Complete(task), this);
    }

    protected Event Target => e;

    /// <summary>True if the end of the task matters even when the event is complete.</summary>
    protected virtual bool IsWanted => false;

    /// <summary>The task has ended. Called before the event completes.</summary>
    protected virtual void Over()
    {
    }

    protected virtual void Succeed(Task task) => e.Trigger();

    private void Count(EventLoop loop, bool isRunning)
    {
        loop.AddOutsideWork(isRunning);
        if (LoopThread.HasEntered(loop))
            Event.OnCompleted(e, OutsideWorkHook.Rent(loop, isRunning));
        else if (!AdapterHook.Attach(e, new ForeignWorkHook(isRunning)))
            loop.RemoveOutsideWork(isRunning);
    }

    private void Complete(Task task)
    {
        Over();
        if (task.IsCompletedSuccessfully)
            Succeed(task);
        else if (e.IsPending)
            e.Fail(ErrorOf(task));
    }

    private void CompleteDetached(Task task, EventLoop? loop)
    {
        Over();
        if (!task.IsCompletedSuccessfully)
            DetachedEvent.Fail(e.Lifeline!, ErrorOf(task), loop);
    }

    /// <summary>Returns the first of several exceptions, like <c>await</c>. The others come with it.</summary>
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

    /// <summary>The end of a task that no event waits for. The loop that watched the task reports its failure, on the thread on which it ends.</summary>
    private sealed class DetachedEnd(TaskWatch watch, EventLoop? loop)
    {
        public void Complete(Task task) => watch.CompleteDetached(task, loop);
    }
}

/// <summary>Completes an event with the result of a task.</summary>
internal sealed class TaskWatch<T>(Event<T> e) : TaskWatch(e.Unblocker)
{
    protected override void Succeed(Task task) => Target.Typed<T>().Trigger(((Task<T>)task).Result);
}

/// <summary>Waits for the task of work that <c>Event.Start</c> began.</summary>
internal sealed class StartedWatch(StartedWork work, Event e) : TaskWatch(e)
{
    protected override bool IsWanted => true;

    protected override void Over() => work.EndWork();
}

/// <summary>Waits for the task, with a result, of work that <c>Event.Start</c> began.</summary>
internal sealed class StartedWatch<TEvent, TValues>(StartedWork work, TEvent e) : TaskWatch(e.Unblocker)
    where TEvent : struct, IValueEvent<TValues>
{
    protected override bool IsWanted => true;

    protected override void Over() => work.EndWork();

    protected override void Succeed(Task task) => e.Trigger(((Task<TValues>)task).Result);
}

namespace Tame;

/// <summary>Events for code that knows none: what it calls back, and what it wants to be told.</summary>
public readonly partial struct Event
{
    /// <summary>A delegate that triggers the event, for libraries that call back.</summary>
    /// <returns>
    /// The delegate. It may be called from any thread, any number of times: the first call completes the event. While it is held, the
    /// event is not lost.
    /// </returns>
    public Action ToAction()
    {
        var e = this;
        return () => e.Trigger();
    }

    /// <summary>A callback for a Begin method, which triggers the event and drops the result; where that is needed, use an
    /// <c>Event&lt;IAsyncResult&gt;</c>.</summary>
    /// <returns>The callback. As <see cref="ToAction"/>, it may be called from any thread, any number of times.</returns>
    public AsyncCallback ToAsyncCallback()
    {
        var e = this;
        return _ => e.Trigger();
    }

    /// <summary>A handler that triggers the event and drops what it is called with.</summary>
    /// <returns>The handler. As <see cref="ToAction"/>, it may be called from any thread, any number of times.</returns>
    public EventHandler ToEventHandler()
    {
        var e = this;
        return (_, _) => e.Trigger();
    }

    /// <summary>
    /// Has an action called when the event completes in any way, cancellation and the end of its loop included: through the ready queue of
    /// the event's loop, never inside Trigger. It is how an adapter undoes its registration.
    /// </summary>
    /// <param name="action">
    /// Called once, with the execution context of now; what it throws goes to <see cref="EventLoop.UnhandledException"/>. If the event is
    /// complete it is queued at once. If the event is empty or its loop has ended, it is queued on this thread's loop; without one it is
    /// called before this returns, and throws here.
    /// </param>
    /// <param name="state">
    /// Passed to the action. The event's loop holds both: if one of them holds a handle of this very event, its loss is never seen.
    /// </param>
    /// <returns>
    /// Undoes it, as long as the event is pending. An event that lives long keeps every action until then.
    /// </returns>
    /// <exception cref="ArgumentNullException">The action is null.</exception>
    /// <remarks>Any thread may call it; from another than the loop's, it goes through the loop's inbox.</remarks>
    public EventRegistration OnComplete(Action<object?> action, object? state)
    {
        ArgumentNullException.ThrowIfNull(action);
        var completion = new PostedCompletion(action, state);
        var hook = new PostingHook(completion);
        if (AdapterHook.Attach(this, hook))
            return hook.Registration;
        if (LoopThread.Current is { } here)
            here.AddReady(completion);
        else
            action(state);
        return default;
    }

    /// <summary>
    /// A token that is cancelled once the event completes in any way, for work that is of no use after that. Several pieces of work may
    /// share it: when the first completes the event, the others are cancelled.
    /// </summary>
    /// <remarks>
    /// It is made on demand; on the thread of the event's loop there is one an event. It is cancelled from the ready queue, never inside
    /// Trigger. An empty or complete event gives a cancelled token, <see cref="Detached"/> and <see cref="Ignored"/> one that is never cancelled. The event's loop
    /// holds what is registered with it: if that holds a handle of this very event, its loss is never seen. Any thread may ask for it.
    /// </remarks>
    public CancellationToken Token => EventCancellation.TokenOf(this);

    /// <summary>Starts asynchronous work that completes the event: <c>e.Start(token =&gt; client.SendAsync(request, token))</c>.</summary>
    /// <param name="work">
    /// Called before this returns, unless the event is complete or empty. Its token is cancelled, from the ready queue, when the event
    /// completes before the work is over: by a timeout, by cancellation, by another trigger.
    /// </param>
    /// <exception cref="ArgumentNullException">The work is null.</exception>
    /// <exception cref="Exception">The work threw instead of returning a task, and the event was complete by then.</exception>
    /// <remarks>
    /// The event triggers when the task has run to completion, and fails as with
    /// <see cref="TaskAdapters.Trigger(Task, Event)"/>; meanwhile the loop's run does not end, and virtual time stands still. Any thread may
    /// call it.
    /// </remarks>
    public void Start(Func<CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!IsPending)
            return;
        var started = new StartedWork();
        if (started.Call(work, this) is not { } task)
            return;
        AdapterHook.Attach(this, started);
        new StartedWatch(started, this).Start(task);
    }

    /// <summary>A number that stands for the event in C code: pass it as the <c>void*</c> of a callback, which gives it to
    /// <see cref="FromHandle"/>.</summary>
    /// <returns>The number; zero when the event is complete or empty.</returns>
    /// <remarks>
    /// Until <see cref="FromHandle"/> takes it back, or the event completes otherwise, the event is not lost: the C code may yet call. Each
    /// call makes a number of its own. Any thread may call it.
    /// </remarks>
    public nint ToHandle() => NativeHandles.Add(this);

    /// <summary>Takes a number back that <see cref="ToHandle"/> made, and uses it up.</summary>
    /// <param name="handle">The number.</param>
    /// <returns>The event; empty when the number is zero, was taken back before, was never made, or its event is complete.</returns>
    /// <remarks>Any thread may call it, also one that the runtime has not seen before.</remarks>
    public static Event FromHandle(nint handle) => NativeHandles.Take(handle);

    /// <summary>The hook of that kind on a pending event of this thread's loop, or null.</summary>
    internal static THook? FindHook<THook>(Event e)
        where THook : Hook
    {
        ref var cell = ref e.CellHere();
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref cell))
            return null;
        for (Linked? hook = cell.Hooks; hook is not null; hook = hook.Next)
        {
            if (hook is THook found)
                return found;
        }
        return null;
    }
}

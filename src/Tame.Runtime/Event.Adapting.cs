namespace Tame;

// Adapters between events and code that uses callbacks, tokens, tasks, or C.
public readonly partial struct Event
{
    /// <summary>Creates a delegate that triggers the event, for libraries that take callbacks.</summary>
    /// <returns>
    /// The delegate. It may be called from any thread, any number of times. The first call completes the event. While the delegate is referenced, the event is
    /// not lost.
    /// </returns>
    public Action ToAction()
    {
        var e = this;
        return () => e.Trigger();
    }

    /// <summary>
    /// Creates a callback for a Begin method. It triggers the event and drops the result. If you need the result, use an <c>Event&lt;IAsyncResult&gt;</c>.
    /// </summary>
    /// <returns>The callback. Like the result of <see cref="ToAction"/>, it may be called from any thread, any number of times.</returns>
    public AsyncCallback ToAsyncCallback()
    {
        var e = this;
        return _ => e.Trigger();
    }

    /// <summary>Creates a handler that triggers the event and drops its arguments.</summary>
    /// <returns>The handler. Like the result of <see cref="ToAction"/>, it may be called from any thread, any number of times.</returns>
    public EventHandler ToEventHandler()
    {
        var e = this;
        return (_, _) => e.Trigger();
    }

    /// <summary>
    /// Calls an action when the event completes in any way, including cancellation and the end of its loop. The call comes from the ready queue of the event's
    /// loop, never from inside Trigger. Adapters use it to undo a registration.
    /// </summary>
    /// <param name="action">
    /// Called once, with the execution context of the caller. Exceptions that it throws go to <see cref="EventLoop.UnhandledException"/>. If the event is complete,
    /// the action is queued at once. If the event is empty or its loop has ended, the action is queued on this thread's loop. Without such a loop it is called
    /// before this method returns, and its exceptions are thrown here.
    /// </param>
    /// <param name="state">
    /// The argument of the action. The event's loop holds both: if one of them holds a handle of this same event, its loss is never detected.
    /// </param>
    /// <returns>A registration that undoes the call while the event is pending. A long-lived event keeps every action until then.</returns>
    /// <exception cref="ArgumentNullException">The action is null.</exception>
    /// <remarks>Any thread may call it. A call from a thread other than the loop's goes through the loop's inbox.</remarks>
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
    /// A token that is cancelled when the event completes in any way, for work that is useless after that. Several pieces of work may share it: when the first
    /// completes the event, the others are cancelled.
    /// </summary>
    /// <remarks>
    /// The token is created on demand. On the thread of the event's loop there is one per event. It is cancelled from the ready queue, never inside Trigger. An
    /// empty or complete event returns a cancelled token. <see cref="Detached"/> and <see cref="Ignored"/> return one that is never cancelled. The event's loop
    /// holds the registrations of the token: if one holds a handle of this same event, its loss is never detected. Any thread may read it.
    /// </remarks>
    public CancellationToken Token => EventCancellation.TokenOf(this);

    /// <summary>Starts asynchronous work that completes the event: <c>e.Start(token =&gt; client.SendAsync(request, token))</c>.</summary>
    /// <param name="work">
    /// Called before this method returns, unless the event is complete or empty. If the event completes before the work ends (by a timeout, a cancellation, or
    /// another trigger), the token is cancelled, from the ready queue.
    /// </param>
    /// <exception cref="ArgumentNullException">The work is null.</exception>
    /// <exception cref="Exception">The work threw instead of returning a task when the event was already complete.</exception>
    /// <remarks>
    /// The event triggers when the task has run to completion, and fails as with <see cref="TaskAdapters.Trigger(Task, Event)"/>. Until then the loop's run
    /// does not end, and virtual time stands still unless the task may be waiting for a timer of <see cref="EventLoop.TimeProvider"/>. Any thread may call it.
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

    /// <summary>
    /// Creates a number that represents the event in C code. Pass it as the <c>void*</c> of a callback, which passes it to <see cref="FromHandle"/>.
    /// </summary>
    /// <returns>The number, or zero if the event is complete or empty.</returns>
    /// <remarks>
    /// The event is not lost until the number is passed to <see cref="FromHandle"/> or the event completes, because the C code may still call. Each call
    /// creates another number. Any thread may call it.
    /// </remarks>
    public nint ToHandle() => NativeHandles.Add(this);

    /// <summary>Gets the event for a number that <see cref="ToHandle"/> created. Each number works once.</summary>
    /// <param name="handle">The number.</param>
    /// <returns>The event. It is empty if the number is zero, was already used, or was never created, or if its event is complete.</returns>
    /// <remarks>Any thread may call it, including one that the runtime has not seen before.</remarks>
    public static Event FromHandle(nint handle) => NativeHandles.Take(handle);

    /// <summary>Finds the hook of the given type on a pending event of this thread's loop, or null.</summary>
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

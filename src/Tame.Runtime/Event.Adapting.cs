namespace Tame;

/// <summary>Events for code that knows none: what it calls back, and what it wants to be told.</summary>
public readonly partial struct Event
{
    /// <summary>A delegate that triggers the event, for libraries that call back.</summary>
    /// <returns>
    /// The delegate. It may be called from any thread, any number of times: the first call completes the event. While somebody holds it, the
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
    /// <exception cref="ArgumentNullException">The action is null.</exception>
    /// <remarks>Any thread may call it; from another than the loop's, it goes through the loop's inbox.</remarks>
    public void OnComplete(Action<object?> action, object? state)
    {
        ArgumentNullException.ThrowIfNull(action);
        var completion = new PostedCompletion(action, state);
        if (AdapterHook.Attach(this, new PostingHook(completion)))
            return;
        if (LoopThread.Current is { } here)
            here.AddReady(completion);
        else
            action(state);
    }
}

namespace Tame;

/// <summary>Lets cancellation tokens fail events.</summary>
public static class Cancellations
{
    /// <summary>Fails the event with an <see cref="OperationCanceledException"/> of the token when the token is cancelled.</summary>
    /// <param name="e">The event, of any loop.</param>
    /// <param name="token">
    /// The token. If it is already cancelled, the event fails at once. While it can be cancelled, the event is not lost.
    /// </param>
    /// <returns>The same event.</returns>
    /// <remarks>If something else completes the event first, its registration with the token is undone. Any thread may call it.</remarks>
    public static Event WithCancellation(this Event e, CancellationToken token)
    {
        Watch(e, token);
        return e;
    }

    /// <inheritdoc cref="WithCancellation(Event, CancellationToken)"/>
    /// <typeparam name="T">The type of the value.</typeparam>
    public static Event<T> WithCancellation<T>(this Event<T> e, CancellationToken token)
    {
        Watch(e.Unblocker, token);
        return e;
    }

    /// <inheritdoc cref="WithCancellation(Event, CancellationToken)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    public static Event<T1, T2> WithCancellation<T1, T2>(this Event<T1, T2> e, CancellationToken token)
    {
        Watch(e.Unblocker, token);
        return e;
    }

    /// <inheritdoc cref="WithCancellation(Event, CancellationToken)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    public static Event<T1, T2, T3> WithCancellation<T1, T2, T3>(this Event<T1, T2, T3> e, CancellationToken token)
    {
        Watch(e.Unblocker, token);
        return e;
    }

    /// <inheritdoc cref="WithCancellation(Event, CancellationToken)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    public static Event<T1, T2, T3, T4> WithCancellation<T1, T2, T3, T4>(this Event<T1, T2, T3, T4> e, CancellationToken token)
    {
        Watch(e.Unblocker, token);
        return e;
    }

    private static void Watch(Event e, CancellationToken token)
    {
        if (token.CanBeCanceled && e.IsPending && !DetachedEvent.Is(e.Lifeline!))
            new CancellationLink(e).Register(token);
    }
}

/// <summary>The object that a cancellation token holds, so that it can fail an event.</summary>
internal sealed class CancellationLink(Event e)
{
    private CancellationTokenRegistration _registration;

    public void Register(CancellationToken token)
    {
        _registration = token.UnsafeRegister(static (link, token) => ((CancellationLink)link!).Fail(token), this);
        if (!AdapterHook.Attach(e, new Hook(this)))
            _registration.Unregister();
    }

    private void Fail(CancellationToken token) => e.Fail(new OperationCanceledException(token));

    /// <summary>
    /// Undoes the registration when the event completes. It holds the link weakly, because the link holds the event's handle. So the event may be lost when
    /// nothing can cancel the token.
    /// </summary>
    private sealed class Hook(CancellationLink link) : AdapterHook
    {
        private readonly WeakReference<CancellationLink> _link = new(link);

        protected override void EventCompleted(EventLoop loop)
        {
            if (_link.TryGetTarget(out var link))
                link._registration.Unregister();
        }
    }
}

namespace Tame.IO;

/// <summary>Serves the connections of a listener, with one call for each.</summary>
public static partial class Serving
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);
    private static readonly object s_accept = new();
    private static readonly object s_resume = new();
    private static readonly object s_admitted = new();
    private static readonly object s_stop = new();
    private static readonly object s_time = new();

    /// <summary>
    /// Accepts connections and calls a handler for each, until the listener is closed or something else completes <paramref name="done"/>. Then it drains: it accepts no more connections, waits for the handlers, and after
    /// <see cref="ServeOptions.DrainTimeout"/> aborts the remaining connections.
    /// </summary>
    /// <param name="listener">The listener, which is closed at the end.</param>
    /// <param name="handler">
    /// Serves one connection, and completes the event. Then the connection is closed. If the handler throws, fails the event or loses it, the connection is aborted, so that the peer can tell that the answer
    /// is incomplete, and <see cref="ServeOptions.OnFailure"/> is called. The server continues.
    /// </param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <param name="done">
    /// Triggered when all handlers have ended, or a second after their connections were aborted. It fails if the listener fails permanently. If something else completes it first, the server drains too.
    /// </param>
    /// <exception cref="ArgumentNullException">The listener or the handler is null.</exception>
    /// <remarks>
    /// <para>If the process has no descriptor left, accepting pauses for 100 ms, or until a connection closes. During the pause, connections wait in the listener's backlog.</para>
    /// <para>For the loop's thread. When the loop ends, all connections are closed.</para>
    /// </remarks>
    public static void Serve(this Listener listener, Action<Connection, Event> handler, ServeOptions? options, Event done)
    {
        ArgumentNullException.ThrowIfNull(listener);
        ArgumentNullException.ThrowIfNull(handler);
        Run(listener, new ServedConnections(handler, options ?? new ServeOptions()), done);
    }

    [Tamed] private static partial void Run(Listener listener, ServedConnections served, Event done);

    private static void RunBody(Listener listener, ServedConnections served, Event done)
    {
        using var ends = new Rendezvous<object>();
        try
        {
            // A detached event drops its result. The result would then be lost and end the server.
            if (!done.IsPending || Tries.CanEnd(done))
                done.AtTrigger(mkevent(ends, s_stop));
            twait(e => AcceptAll(listener, served, ends, e));
            twait(e => Drain(served, ends, e));
        }
        finally
        {
            served.Close();
        }
        if (served.Failure is null)
            done.Trigger();
        else
            done.Fail(served.Failure);
        while (served.Count != 0)
        {
            twait(ends, out object what, out Exception? error);
            if (what is Connection ended)
                served.End(ended, error);
        }
    }

    /// <summary>Accepts and serves until serving should end. Closes the listener.</summary>
    [Tamed] private static partial void AcceptAll(Listener listener, ServedConnections served, Rendezvous<object> ends, Event done);

    private static void AcceptAllBody(Listener listener, ServedConnections served, Rendezvous<object> ends, Event done)
    {
        Connection? accepted = null;
        try
        {
            bool isServing = true, isAccepting = false, isPaused = false, isTimed = false, isAsking = false, isAdmitted = false;
            var admission = EventLoop.Current!.Admission;
            while (isServing)
            {
                if (!isAccepting && !isAsking && !isPaused && !served.IsFull)
                {
                    isAccepting = isAdmitted || admission.IsOpen;
                    isAsking = !isAccepting;
                    isAdmitted = false;
                    if (isAccepting)
                        listener.Accept(mkevent(ends, s_accept, out accepted));
                    else
                        admission.Wait(mkevent(ends, s_admitted));
                }
                twait(ends, out object what, out Exception? error);
                if (what is Connection ended)
                {
                    served.End(ended, error);
                    isPaused = false;
                }
                else if (ReferenceEquals(what, s_stop))
                    isServing = false;
                else if (ReferenceEquals(what, s_resume))
                    isPaused = isTimed = false;
                else if (ReferenceEquals(what, s_admitted))
                    (isAsking, isAdmitted) = (false, true);
                else
                {
                    isAccepting = false;
                    if (accepted is { } connection)
                    {
                        accepted = null;
                        served.Start(connection, mkevent(ends, connection));
                    }
                    else if (AcceptFailures.MustPause(error))
                    {
                        isPaused = true;
                        if (!isTimed)
                            timer(s_pause, mkevent(ends, s_resume));    // the timer of a pause that ended early ends this pause early
                        isTimed = true;
                    }
                    else if (!AcceptFailures.MayGoOn(error))
                    {
                        isServing = false;
                        served.Failure = error is ObjectDisposedException ? null : error;
                    }
                }
            }
        }
        finally
        {
            listener.Dispose();
            accepted?.Dispose();
        }
        done.Trigger();
    }

    /// <summary>Waits for the handlers, then aborts their connections, and waits a short time for handlers that end because of that.</summary>
    [Tamed] private static partial void Drain(ServedConnections served, Rendezvous<object> ends, Event done);

    private static void DrainBody(ServedConnections served, Rendezvous<object> ends, Event done)
    {
        served.OnDrain?.Invoke();
        timer(served.DrainTimeout, mkevent(ends, s_time));
        bool isOver = false;
        while (served.Count != 0 && !isOver)
        {
            twait(ends, out object what, out Exception? error);
            if (what is Connection ended)
                served.End(ended, error);
            else if (ReferenceEquals(what, s_time))
            {
                isOver = served.AreAborted;
                served.Abort();
                timer(s_grace, mkevent(ends, s_time));
            }
        }
        done.Trigger();
    }
}

using System.Runtime.ExceptionServices;

namespace Tame;

/// <summary>
/// The events without a waiter: the detached one, whose failures are reported, and the ignored one, whose failures are dropped. Their lifelines belong to a
/// loop that never runs, so every use of them takes the path for another thread.
/// </summary>
internal static class DetachedEvent
{
    public const long Number = -1;

    private static readonly EventLoop s_nowhere = EventLoop.Nowhere();

    public static Lifeline Detached { get; } = new(s_nowhere);

    public static Lifeline Ignored { get; } = new(s_nowhere);

    /// <summary>True if the event has no waiter, and so never completes.</summary>
    public static bool Is(Lifeline lifeline) => ReferenceEquals(lifeline.Loop, s_nowhere);

    /// <summary>Accepts any completion of such an event, on any thread.</summary>
    public static bool Complete(Lifeline lifeline, Exception? error)
    {
        if (error is not null)
            Fail(lifeline, error, LoopThread.Current);
        return true;
    }

    /// <summary>Fails such an event. The loop reports the failure. It is null if this thread has none.</summary>
    public static void Fail(Lifeline lifeline, Exception error, EventLoop? loop)
    {
        if (ReferenceEquals(lifeline, Ignored))
            TameEventSource.Log.Ignored(error);
        else
            Report(error, loop);
    }

    /// <summary>
    /// Reports a failure to a loop. After the end of the loop, the failure is logged. Without a loop, it is thrown on the thread pool, like the failure of an
    /// async void method.
    /// </summary>
    private static void Report(Exception error, EventLoop? loop)
    {
        if (loop is null)
            Rethrow(FailureGroup.Arrived(error));
        else
            loop.Report(error);
    }

    private static void Rethrow(Exception failure)
    {
        CallTrace.Publish(failure);
        ThreadPool.UnsafeQueueUserWorkItem(static failure => failure.Throw(), ExceptionDispatchInfo.Capture(failure), preferLocal: false);
    }
}

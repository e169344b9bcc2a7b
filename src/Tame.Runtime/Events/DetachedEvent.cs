using System.Runtime.ExceptionServices;

namespace Tame;

/// <summary>
/// The events without a waiter: the detached one, whose failures are reported, and the ignored one, whose failures are dropped. Their lifelines belong to a loop
/// that never runs, so every use of them takes the foreign path.
/// </summary>
internal static class DetachedEvent
{
    public const long Number = -1;

    private static readonly EventLoop s_nowhere = EventLoop.Nowhere();

    public static Lifeline Detached { get; } = new(s_nowhere);

    public static Lifeline Ignored { get; } = new(s_nowhere);

    /// <summary>The event has no waiter, and never completes.</summary>
    public static bool Is(Lifeline lifeline) => ReferenceEquals(lifeline.Loop, s_nowhere);

    /// <summary>Accepts any completion of such an event, on any thread.</summary>
    public static bool Complete(Lifeline lifeline, Exception? error)
    {
        if (error is not null)
            Fail(lifeline, error, LoopThread.Current);
        return true;
    }

    /// <summary>Fails such an event. The loop is the one that reports the failure; null where there is none.</summary>
    public static void Fail(Lifeline lifeline, Exception error, EventLoop? loop)
    {
        if (ReferenceEquals(lifeline, Ignored))
            TameEventSource.Log.Ignored(error);
        else
            Report(error, loop);
    }

    /// <summary>Reports a failure to a loop; one that comes after the end of the loop is logged. Without a loop it is thrown on the thread pool, as the failure of an async void method is.</summary>
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

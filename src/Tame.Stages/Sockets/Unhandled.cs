namespace Tame.Stages;

/// <summary>Handles failures of work that a stage does for others. On the loop's thread.</summary>
internal static class Unhandled
{
    /// <summary>Fails an event. With an empty one the failure is unhandled, as with <see cref="Event.Detached"/>.</summary>
    public static void Fail(Event done, Exception error)
    {
        if (done == default)
            Report(error);
        else
            done.Fail(error);
    }

    public static void Report(Exception error) => DetachedEvent.Fail(DetachedEvent.Detached, error, LoopThread.Current);
}

namespace Tame.Guests;

/// <summary>Timers of the system that keep nothing of the context in which they are made.</summary>
internal static class Alarms
{
    public static Timer Make(TimerCallback ring, object state, TimeSpan due)
    {
        if (ExecutionContext.IsFlowSuppressed())
            return new Timer(ring, state, due, Timeout.InfiniteTimeSpan);
        using (ExecutionContext.SuppressFlow())
            return new Timer(ring, state, due, Timeout.InfiniteTimeSpan);
    }
}

namespace Tame.Guests;

/// <summary>Timers of the system that keep nothing of the context in which they are made.</summary>
internal static class Alarms
{
    public static Timer Make(TimerCallback ring, object state, TimeSpan due)
    {
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        return new Timer(ring, state, due, Timeout.InfiniteTimeSpan);
    }
}

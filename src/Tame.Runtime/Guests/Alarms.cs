namespace Tame.Guests;

/// <summary>Creates timers of the system that do not capture the execution context of their creator.</summary>
internal static class Alarms
{
    public static Timer Make(TimerCallback ring, object state, TimeSpan due)
    {
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        return new Timer(ring, state, due, Timeout.InfiniteTimeSpan);
    }
}

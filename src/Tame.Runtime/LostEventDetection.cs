namespace Tame;

/// <summary>When a loop looks for events that nothing can trigger. A look is a garbage collection.</summary>
public enum LostEventDetection
{
    /// <summary>
    /// When the loop is idle while calls wait: first after 100 ms, then at growing intervals, and once more soon after an event is suspected. All loops of a
    /// process together use at most 1 % of the time for this, and after the first minute look at most every ten seconds. If the collector stops all threads, as a
    /// non-concurrent one does, they use at most 0.1 %, and collect only young objects if a full collection would take more than 10 ms. In virtual time the loop looks whenever nothing else can happen.
    /// </summary>
    WhenIdle,

    /// <summary>Never. If a collection that the program's own allocations cause finds a loss, the loss is still reported.</summary>
    Off,

    /// <summary>Whenever the loop is idle and something has begun to wait since the last look, without a limit on the cost. For tests.</summary>
    Aggressive,
}

namespace Tame;

/// <summary>When a loop looks for events that nothing can trigger. A look is a garbage collection.</summary>
public enum LostEventDetection
{
    /// <summary>
    /// When the loop is idle while calls are blocked: first after 100 ms, then ever more rarely, and once more soon after an event is suspected. All loops of a
    /// process together collect for at most 1 % of wall time, and after the first minute not more often than every ten seconds. Where the collector stops all
    /// threads, as a non-concurrent one does, they collect for at most 0.1 %, and only what is young if a full collection would take more than 10 ms. In virtual time the loop looks whenever nothing else can happen.
    /// </summary>
    WhenIdle,

    /// <summary>Never. A loss is still reported if a collection that the program's own allocations cause finds it.</summary>
    Off,

    /// <summary>Whenever the loop is idle and something has begun to wait since the last look, whatever it costs: for tests.</summary>
    Aggressive,
}

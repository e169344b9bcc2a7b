namespace Tame;

/// <summary>Which of the calls that can run has its turn next.</summary>
public enum SchedulingPolicy
{
    /// <summary>The one that has waited longest for its turn.</summary>
    FirstInFirstOut,

    /// <summary>
    /// The same while no resource of <see cref="EventLoopOptions.Resources"/> is scarce. While one is, calls are ordered by what those that resumed at the same wait
    /// have taken of it before, until they waited again, on average: those that give back most come first. Those that take wait, as long as other calls have taken of the
    /// resource and can give it back, but the first of them at most for <see cref="EventLoopOptions.LongestPassedOver"/>. If all calls take, they run in the order in which they came.
    /// </summary>
    ResourceAware,
}

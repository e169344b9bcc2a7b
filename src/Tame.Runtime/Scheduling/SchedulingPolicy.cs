namespace Tame;

/// <summary>Selects which ready call runs next.</summary>
public enum SchedulingPolicy
{
    /// <summary>The call that has waited longest for its turn.</summary>
    FirstInFirstOut,

    /// <summary>
    /// The same, while no resource of <see cref="EventLoopOptions.Resources"/> is scarce. While one is scarce, calls are ordered by how much calls that resumed
    /// at the same wait took of it on average until they waited again. Calls that give back most run first. Calls that take wait, as long as other calls hold
    /// some of the resource and can give it back; the first of them waits at most <see cref="EventLoopOptions.LongestPassedOver"/>. If all calls take, they run
    /// in order of arrival.
    /// </summary>
    ResourceAware,
}

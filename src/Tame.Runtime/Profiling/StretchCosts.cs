namespace Tame;

/// <summary>
/// The costs of a stretch of code between two wait points. They are exponentially weighted averages, in which the last stretch counts for an eighth.
/// </summary>
/// <param name="RunningNanoseconds">How long it ran, by the monotonic clock, including the calls that it made.</param>
/// <param name="AllocatedBytes">The bytes that it allocated on the managed heap.</param>
/// <param name="ClosureBytes">The growth of the memory in closures of tamed calls, or a negative number if it shrank.</param>
/// <param name="Descriptors">The number of Tame.IO file descriptors that it opened, minus those that it closed.</param>
/// <param name="BlockedNanoseconds">How long the call waited at the end of the stretch.</param>
public readonly record struct StretchCosts(double RunningNanoseconds, double AllocatedBytes, double ClosureBytes, double Descriptors, double BlockedNanoseconds);

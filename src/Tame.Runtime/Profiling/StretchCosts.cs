namespace Tame;

/// <summary>What a stretch of code between two wait points costs: exponentially weighted averages, in which the last stretch counts for an eighth.</summary>
/// <param name="RunningNanoseconds">How long it ran, by the monotonic clock, calls that it made included.</param>
/// <param name="AllocatedBytes">What it allocated on the managed heap.</param>
/// <param name="ClosureBytes">By how much the memory in closures of tamed calls grew; negative where it shrank.</param>
/// <param name="Descriptors">How many descriptors of Tame.IO it opened, less those that it closed.</param>
/// <param name="BlockedNanoseconds">How long the call was blocked at the end of the stretch.</param>
public readonly record struct StretchCosts(double RunningNanoseconds, double AllocatedBytes, double ClosureBytes, double Descriptors, double BlockedNanoseconds);

namespace Tame.Overload.Memory;

/// <summary>What one run shows.</summary>
/// <param name="Load">Requests that arrive, as a multiple of what the disk can serve.</param>
/// <param name="Throughput">Requests a second that were answered.</param>
/// <param name="Refused">Requests a second that were turned away at once.</param>
/// <param name="Failed">Requests a second that failed because memory ran out.</param>
/// <param name="Latency">The 99th percentile of the time from arrival to answer, in seconds, of those that were answered or still wait at the end.</param>
/// <param name="Pauses">The share of the time in which the collector stopped the program.</param>
internal sealed record MemoryOutcome(double Load, double Throughput, double Refused, double Failed, double Latency, double Pauses) : Outcome(Load, Throughput, Refused, Latency)
{
    /// <summary>Whether the process ended before its time, so that nothing more is known of it. A plot shows it as no answer in all the time.</summary>
    public bool HasEnded { get; private init; }

    public static MemoryOutcome Ended(double load, TimeSpan length) => new(load, 0, 0, 0, length.TotalSeconds, 0) { HasEnded = true };
}

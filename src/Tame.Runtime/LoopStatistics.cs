namespace Tame;

/// <summary>
/// What a loop has done, and what it holds now. Each number is correct. If another thread reads them, two numbers may be from slightly different moments.
/// </summary>
public sealed record LoopStatistics
{
    /// <summary>The loop's name: <see cref="EventLoop.Name"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Calls of tamed methods that have a closure and have not ended, whether they wait or not.</summary>
    public required int LiveCalls { get; init; }

    /// <summary>Calls that wait.</summary>
    public required int BlockedCalls { get; init; }

    /// <summary>Events that were created.</summary>
    public required long EventsMade { get; init; }

    /// <summary>Events that are complete: triggered, failed, cancelled or lost.</summary>
    public required long EventsCompleted { get; init; }

    /// <summary>Events that were found lost: no code was left that could trigger them.</summary>
    public required long EventsLost { get; init; }

    /// <summary>Calls and posted actions that can run and are waiting for their turn.</summary>
    public required int ReadyLength { get; init; }

    /// <summary>Active timers.</summary>
    public required int Timers { get; init; }

    /// <summary>Waits for file descriptors.</summary>
    public required int DescriptorWaits { get; init; }

    /// <summary>How long the loop has run without sleeping, by the system's clock.</summary>
    public required TimeSpan Busy { get; init; }

    /// <summary>The last losses, the oldest first, at most 32. Each names the line of the <c>mkevent</c>.</summary>
    public required IReadOnlyList<LostEventException> LastLosses { get; init; }
}

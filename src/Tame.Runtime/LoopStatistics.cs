namespace Tame;

/// <summary>What a loop has done, and what it holds now. Each number is right, though two of them may be of slightly different moments where another thread asked.</summary>
public sealed record LoopStatistics
{
    /// <summary>The loop's name: <see cref="EventLoop.Name"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Calls of tamed methods that have a closure and have not ended, whether they wait or not.</summary>
    public required int LiveCalls { get; init; }

    /// <summary>Calls that wait.</summary>
    public required int BlockedCalls { get; init; }

    /// <summary>Events that were made.</summary>
    public required long EventsMade { get; init; }

    /// <summary>Events that are complete: triggered, failed, cancelled or lost.</summary>
    public required long EventsCompleted { get; init; }

    /// <summary>Events that were found lost: no code was left that could trigger them.</summary>
    public required long EventsLost { get; init; }

    /// <summary>Calls and posted actions that can run and have not had their turn.</summary>
    public required int ReadyLength { get; init; }

    /// <summary>Timers that are set.</summary>
    public required int Timers { get; init; }

    /// <summary>Waits for descriptors.</summary>
    public required int DescriptorWaits { get; init; }

    /// <summary>How long the loop has run without sleeping, by the system's clock.</summary>
    public required TimeSpan Busy { get; init; }

    /// <summary>The last losses, the oldest first: 32 at most. Each names the line of the <c>mkevent</c>.</summary>
    public required IReadOnlyList<LostEventException> LastLosses { get; init; }
}

namespace Tame.Stages;

/// <summary>What a stage did since its controller was asked last. Times are by the clock of the stage: in virtual time they are virtual.</summary>
public readonly record struct StageSample
{
    /// <summary>The time since the stage started.</summary>
    public TimeSpan Now { get; init; }

    /// <summary>The time since the last sample.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How many items wait.</summary>
    public int QueueLength { get; init; }

    /// <summary>How many items may wait.</summary>
    public int Capacity { get; init; }

    /// <summary>The threads of the stage. For a stage on loops: how many calls may run at once.</summary>
    public int Threads { get; init; }

    /// <summary>How many of them have nothing to do.</summary>
    public int IdleThreads { get; init; }

    /// <summary>How long the thread that has been idle longest is idle; zero if none is.</summary>
    public TimeSpan LongestIdle { get; init; }

    /// <summary>How many items a handler gets at once, at most.</summary>
    public int BatchSize { get; init; }

    /// <summary>Items that came since the last sample, without those that were refused.</summary>
    public long Arrivals { get; init; }

    /// <summary>Items that were handled since the last sample.</summary>
    public long Completed { get; init; }

    /// <summary>Items that were refused since the last sample.</summary>
    public long Refused { get; init; }
}

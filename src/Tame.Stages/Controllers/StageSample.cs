namespace Tame.Stages;

/// <summary>What a stage did since the last call of its controller. Times are by the clock of the stage: in virtual time they are virtual.</summary>
public readonly record struct StageSample
{
    /// <summary>The time since the stage started.</summary>
    public TimeSpan Now { get; init; }

    /// <summary>The time since the last sample.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The number of items that wait.</summary>
    public int QueueLength { get; init; }

    /// <summary>The largest number of items that may wait.</summary>
    public int Capacity { get; init; }

    /// <summary>The threads of the stage. For a stage on loops: the number of calls that may run at once.</summary>
    public int Threads { get; init; }

    /// <summary>The number of them that are idle.</summary>
    public int IdleThreads { get; init; }

    /// <summary>How long the longest idle thread has been idle; zero if no thread is idle.</summary>
    public TimeSpan LongestIdle { get; init; }

    /// <summary>The largest number of items that a handler gets at once.</summary>
    public int BatchSize { get; init; }

    /// <summary>Items that came since the last sample, without refused items.</summary>
    public long Arrivals { get; init; }

    /// <summary>Items that were handled since the last sample.</summary>
    public long Completed { get; init; }

    /// <summary>Items that were refused since the last sample.</summary>
    public long Refused { get; init; }
}

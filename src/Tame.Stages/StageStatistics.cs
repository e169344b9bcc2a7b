namespace Tame.Stages;

/// <summary>What a stage has done, and what it holds now. Each number is correct, but two numbers may be from slightly different moments.</summary>
public sealed record StageStatistics
{
    /// <summary>The name of the stage.</summary>
    public required string Name { get; init; }

    /// <summary>The number of items in the queue.</summary>
    public required int Length { get; init; }

    /// <summary>The largest number of items that the queue holds.</summary>
    public required int Capacity { get; init; }

    /// <summary>The number of offers that wait for space in the queue.</summary>
    public required int Waiting { get; init; }

    /// <summary>The number of calls of the handler that are running. For a stage on threads, the number of threads that are not idle.</summary>
    public required int Running { get; init; }

    /// <summary>The threads of the stage; for a stage on loops, the calls that may run at once.</summary>
    public required int Threads { get; init; }

    /// <summary>The largest batch that the handler gets; one if it handles single items.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The mean number of items that the handler got at once; one if it handles single items.</summary>
    public required double MeanBatch { get; init; }

    /// <summary>Items that were accepted.</summary>
    public required long Accepted { get; init; }

    /// <summary>Items whose handler has ended, whether it failed or not.</summary>
    public required long Completed { get; init; }

    /// <summary>Items whose handler has failed.</summary>
    public required long Failed { get; init; }

    /// <summary>Items that were refused because the queue was full.</summary>
    public required long RefusedFull { get; init; }

    /// <summary>Items that the admission controller refused.</summary>
    public required long RefusedOverloaded { get; init; }

    /// <summary>Items that were refused because the stage was stopping.</summary>
    public required long RefusedStopping { get; init; }

    /// <summary>Accepted items a second, over the last 10 to 20 seconds.</summary>
    public required double ArrivalRate { get; init; }

    /// <summary>Completed items a second, over the last 10 to 20 seconds.</summary>
    public required double ServiceRate { get; init; }

    /// <summary>How long items waited in the queue, over the last 10 to 20 seconds.</summary>
    public required StagePercentiles WaitingTime { get; init; }

    /// <summary>How long items were handled, over the last 10 to 20 seconds. Each item of a batch takes as long as the whole batch.</summary>
    public required StagePercentiles ServiceTime { get; init; }
}

/// <summary>Percentiles of a duration. Each differs from a measured duration by at most 1.6 %.</summary>
/// <param name="P50">The median: half of the durations are at most this long.</param>
/// <param name="P90">The 90th percentile: nine of ten durations are at most this long.</param>
/// <param name="P99">The 99th percentile: 99 of 100 durations are at most this long.</param>
public readonly record struct StagePercentiles(TimeSpan P50, TimeSpan P90, TimeSpan P99);

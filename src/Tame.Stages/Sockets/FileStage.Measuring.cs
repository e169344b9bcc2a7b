namespace Tame.Stages;

/// <summary>What the stage knows about itself.</summary>
public sealed partial class FileStage
{
    private readonly TurnMeasures _measures;
    private long _failed;

    /// <summary>The number of requests and results that wait for their turn.</summary>
    public override int Length => Queues.RequestCount + Queues.ReadyCount;

    /// <summary>The number of requests under way.</summary>
    public override int Running => Queues.Places;

    /// <summary>The largest number of requests under way at once.</summary>
    public override int Concurrency => _options.MaxConcurrency;

    /// <summary>One.</summary>
    public override int BatchSize => 1;

    /// <summary>Zero: no request waits for room.</summary>
    public override int Waiting => 0;

    /// <summary>What the stage has done, and what it holds now. An item is a request. Requests are not timed. <see cref="Traffic"/> has more numbers.</summary>
    public override StageStatistics Statistics => _measures.Statistics(Counts);

    /// <summary>What the stage has done. Each number is correct, but two numbers may be from slightly different moments.</summary>
    public FileTraffic Traffic
    {
        get
        {
            var (accepted, served, full, stopping) = Queues.Counts;
            return new FileTraffic
            {
                Accepted = accepted,
                Begun = served,
                Failed = Volatile.Read(ref _failed),
                RefusedFull = full,
                RefusedStopping = stopping,
                Turns = Queues.Turns,
                TurnsCutShort = Queues.CutShort,
            };
        }
    }

    /// <summary>Zero: the stage has no admission controller.</summary>
    /// <param name="requestClass">Any.</param>
    public override TimeSpan RetryAfter(int requestClass = 0) => TimeSpan.Zero;

    internal override TimeProvider Time => _loop.TimeProvider;

    private TurnCounts Counts
    {
        get
        {
            var (accepted, served, full, stopping) = Queues.Counts;
            return new TurnCounts(accepted, Math.Max(0, served - Running), Volatile.Read(ref _failed), full, stopping);
        }
    }

    internal void CountFailed() => _failed++;
}

/// <summary>What a <see cref="FileStage"/> has done since it was created.</summary>
public sealed record FileTraffic
{
    /// <summary>Requests that were accepted.</summary>
    public required long Accepted { get; init; }

    /// <summary>Requests that were begun.</summary>
    public required long Begun { get; init; }

    /// <summary>Requests that have failed.</summary>
    public required long Failed { get; init; }

    /// <summary>Requests that were refused because the queue was full.</summary>
    public required long RefusedFull { get; init; }

    /// <summary>Requests that were refused because the stage stops.</summary>
    public required long RefusedStopping { get; init; }

    /// <summary>Turns of the loop that the stage has had.</summary>
    public required long Turns { get; init; }

    /// <summary>How often a turn ran out of time before a queue was empty.</summary>
    public required long TurnsCutShort { get; init; }
}

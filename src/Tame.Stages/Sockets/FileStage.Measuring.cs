namespace Tame.Stages;

/// <summary>Measures the stage.</summary>
public sealed partial class FileStage
{
    /// <summary>The number of requests in progress.</summary>
    public override int Running => Queues.Places;

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
                Failed = Failed,
                RefusedFull = full,
                RefusedStopping = stopping,
                Turns = Queues.Turns,
                TurnsCutShort = Queues.CutShort,
            };
        }
    }

    private protected override TurnQueues Engine => Queues;

    private protected override int Unfinished => Running;
}

/// <summary>What a <see cref="FileStage"/> has done since it was created.</summary>
public sealed record FileTraffic
{
    /// <summary>Requests that were accepted.</summary>
    public required long Accepted { get; init; }

    /// <summary>Requests that have begun.</summary>
    public required long Begun { get; init; }

    /// <summary>Requests that have failed.</summary>
    public required long Failed { get; init; }

    /// <summary>Requests that were refused because the queue was full.</summary>
    public required long RefusedFull { get; init; }

    /// <summary>Requests that were refused because the stage was stopping.</summary>
    public required long RefusedStopping { get; init; }

    /// <summary>Turns of the loop that the stage has had.</summary>
    public required long Turns { get; init; }

    /// <summary>How often a turn ran out of time before a queue was empty.</summary>
    public required long TurnsCutShort { get; init; }
}

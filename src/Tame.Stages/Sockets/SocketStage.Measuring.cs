namespace Tame.Stages;

/// <summary>What the stage knows about itself.</summary>
public sealed partial class SocketStage
{
    private readonly TurnMeasures _measures;
    private long _received, _sent, _failed;

    /// <summary>The number of requests and ready connections that wait for their turn.</summary>
    public override int Length => Queues.RequestCount + Queues.ReadyCount;

    /// <summary>The number of connections and listeners that the stage has.</summary>
    public override int Running => _links.Count + _listeners.Count;

    /// <summary>The largest number of connections and listeners that the stage may have.</summary>
    public override int Concurrency => _options.MaxConnections;

    /// <summary>One.</summary>
    public override int BatchSize => 1;

    /// <summary>Zero: no request waits for room.</summary>
    public override int Waiting => 0;

    /// <summary>What the stage has done, and what it holds now. An item is a request; a failed item is a failed write. Requests are not timed. <see cref="Traffic"/> has more numbers.</summary>
    public override StageStatistics Statistics => _measures.Statistics(Counts);

    /// <summary>What the stage has done. Each number is correct, but two numbers may be from slightly different moments.</summary>
    public SocketTraffic Traffic
    {
        get
        {
            var (accepted, served, full, stopping) = Queues.Counts;
            return new SocketTraffic
            {
                Accepted = accepted,
                Served = served,
                RefusedFull = full,
                RefusedStopping = stopping,
                Turns = Queues.Turns,
                TurnsCutShort = Queues.CutShort,
                BytesReceived = Volatile.Read(ref _received),
                BytesSent = Volatile.Read(ref _sent),
                FailedWrites = Volatile.Read(ref _failed),
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
            return new TurnCounts(accepted, served, Volatile.Read(ref _failed), full, stopping);
        }
    }

    internal void CountReceived(int count) => _received += count;

    internal void CountSent(int count) => _sent += count;

    internal void CountFailed() => _failed++;
}

/// <summary>What a <see cref="SocketStage"/> has done since it was created.</summary>
public sealed record SocketTraffic
{
    /// <summary>Requests that were accepted.</summary>
    public required long Accepted { get; init; }

    /// <summary>Requests that had their turn.</summary>
    public required long Served { get; init; }

    /// <summary>Requests that were refused because the queue was full, a connection had too many unsent bytes, or the stage had too many connections.</summary>
    public required long RefusedFull { get; init; }

    /// <summary>Requests that were refused because the stage stops.</summary>
    public required long RefusedStopping { get; init; }

    /// <summary>Turns of the loop that the stage has had.</summary>
    public required long Turns { get; init; }

    /// <summary>How often a turn ran out of time before a queue was empty.</summary>
    public required long TurnsCutShort { get; init; }

    /// <summary>Bytes that were read.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Bytes that the system has taken.</summary>
    public required long BytesSent { get; init; }

    /// <summary>Writes that were accepted and failed.</summary>
    public required long FailedWrites { get; init; }
}

namespace Tame.Stages;

/// <summary>Measures the stage.</summary>
public sealed partial class SocketStage
{
    private long _received, _sent;

    /// <summary>The number of connections and listeners that the stage has.</summary>
    public override int Running => _links.Count + _listeners.Count;

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
                FailedWrites = Failed,
            };
        }
    }

    private protected override TurnQueues Engine => Queues;

    private protected override int Unfinished => 0;

    internal void CountReceived(int count) => _received += count;

    internal void CountSent(int count) => _sent += count;
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

    /// <summary>Requests that were refused because the stage was stopping.</summary>
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

using HdrHistogram;

namespace Tame.Load;

/// <summary>What a run saw in the time that counts. Results of several loops are added up.</summary>
public sealed class LoadResult(int clients)
{
    private readonly AnswerTally _all = new(clients);

    /// <summary>
    /// Nanoseconds from the moment when a request was due to its whole answer. A request that waited for a slow answer before it was due long ago, so that
    /// a server that stops for a second shows in all the requests of that second (coordinated omission).
    /// </summary>
    public LongHistogram Latency => _all.Latency;

    /// <summary>Nanoseconds from the moment when a request was sent to its whole answer.</summary>
    public LongHistogram Service => _all.Service;

    /// <summary>Answers for each client.</summary>
    public long[] Answers => _all.Answers;

    /// <summary>The answers of 2xx and 3xx alone.</summary>
    public AnswerTally Admitted { get; } = new(clients);

    /// <summary>The others alone.</summary>
    public AnswerTally TurnedAway { get; } = new(clients);

    /// <summary>
    /// Nanoseconds that requests without an answer have waited since they were due: until they failed, or until the run ended where they were never sent. With those of
    /// <see cref="Admitted"/> they show what clients saw that were not turned away.
    /// </summary>
    public LongHistogram Waiting { get; } = new(1, AnswerTally.LongestNanoseconds, 3);

    /// <summary>Answers of 2xx and 3xx that came in the time that counts, to requests that were due in it or before.</summary>
    public long Arrived { get; private set; }

    /// <summary>Answers by status.</summary>
    public SortedDictionary<int, long> Statuses { get; } = [];

    /// <summary>Requests without an answer, by reason.</summary>
    public SortedDictionary<string, long> Failures { get; } = new(StringComparer.Ordinal);

    /// <summary>Bytes of all answers, heads included.</summary>
    public long Bytes { get; private set; }

    /// <summary>Requests that were due and never sent, because their client still waited when the run ended. Latency counts them with the time until then.</summary>
    public long Unsent { get; private set; }

    /// <summary>Connections that were opened.</summary>
    public long Connections { get; set; }

    /// <summary>How long requests counted.</summary>
    public TimeSpan Duration { get; set; }

    public long Requests => _all.Count;

    public double Rate => Duration > TimeSpan.Zero ? Requests / Duration.TotalSeconds : 0;

    /// <summary>Answers that are neither 2xx nor 3xx.</summary>
    public long Refused => TurnedAway.Count;

    /// <summary>Jain's index over the answers for each client: 1 where all got as many, 1/n where one got all.</summary>
    public double Fairness => _all.Fairness;

    /// <summary>Counts one answer.</summary>
    internal void Add(int client, AnswerReader answer, long latency, long service)
    {
        int status = answer.Status;
        Bytes += answer.Bytes;
        Statuses[status] = Statuses.GetValueOrDefault(status) + 1;
        _all.Add(client, latency, service);
        (status is >= 200 and < 400 ? Admitted : TurnedAway).Add(client, latency, service);
    }

    /// <summary>Counts an answer by the moment when it came.</summary>
    internal void AddArrival(AnswerReader answer) => Arrived += answer.Status is >= 200 and < 400 ? 1 : 0;

    /// <summary>Counts a request without an answer.</summary>
    public void Fail(string reason, long waited)
    {
        Failures[reason] = Failures.GetValueOrDefault(reason) + 1;
        Waiting.RecordValue(AnswerTally.Clamp(waited));
    }

    /// <summary>Counts a request that was never sent.</summary>
    public void AddUnsent(long latency)
    {
        Unsent++;
        Latency.RecordValue(AnswerTally.Clamp(latency));
        Waiting.RecordValue(AnswerTally.Clamp(latency));
    }

    /// <summary>Adds what another loop saw. Both have an entry for each client of the run.</summary>
    public void Add(LoadResult other)
    {
        _all.Add(other._all);
        Admitted.Add(other.Admitted);
        TurnedAway.Add(other.TurnedAway);
        Waiting.Add(other.Waiting);
        Arrived += other.Arrived;
        foreach (var (status, count) in other.Statuses)
            Statuses[status] = Statuses.GetValueOrDefault(status) + count;
        foreach (var (reason, count) in other.Failures)
            Failures[reason] = Failures.GetValueOrDefault(reason) + count;
        Bytes += other.Bytes;
        Unsent += other.Unsent;
        Connections += other.Connections;
        Duration = other.Duration > Duration ? other.Duration : Duration;
    }
}

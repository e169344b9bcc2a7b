using HdrHistogram;

namespace Tame.Load;

/// <summary>What a run saw in the time that counts. Results of several loops are added up.</summary>
public sealed class LoadResult(int clients)
{
    private const long LongestNanoseconds = 3_600_000_000_000;

    /// <summary>
    /// Nanoseconds from the moment when a request was due to its whole answer. A request that waited for a slow answer before it was due long ago, so that
    /// a server that stops for a second shows in all the requests of that second (coordinated omission).
    /// </summary>
    public LongHistogram Latency { get; } = new(1, LongestNanoseconds, 3);

    /// <summary>Nanoseconds from the moment when a request was sent to its whole answer.</summary>
    public LongHistogram Service { get; } = new(1, LongestNanoseconds, 3);

    /// <summary>Answers for each client.</summary>
    public long[] Answers { get; } = new long[clients];

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

    public long Requests => Answers.Sum();

    public double Rate => Duration > TimeSpan.Zero ? Requests / Duration.TotalSeconds : 0;

    /// <summary>Answers that are neither 2xx nor 3xx.</summary>
    public long Refused => Statuses.Where(status => status.Key is < 200 or >= 400).Sum(status => status.Value);

    /// <summary>Jain's index over the answers for each client: 1 where all got as many, 1/n where one got all.</summary>
    public double Fairness
    {
        get
        {
            double sum = 0, squares = 0;
            foreach (long count in Answers)
            {
                sum += count;
                squares += (double)count * count;
            }
            return squares == 0 ? 1 : sum * sum / (Answers.Length * squares);
        }
    }

    /// <summary>Counts one answer.</summary>
    internal void Add(int client, AnswerReader answer, long latency, long service)
    {
        int status = answer.Status;
        Answers[client]++;
        Bytes += answer.Bytes;
        Statuses[status] = Statuses.GetValueOrDefault(status) + 1;
        Latency.RecordValue(Within(latency));
        Service.RecordValue(Within(service));
    }

    /// <summary>Counts a request without an answer.</summary>
    public void Fail(string reason) => Failures[reason] = Failures.GetValueOrDefault(reason) + 1;

    /// <summary>Counts a request that was never sent.</summary>
    public void AddUnsent(long latency)
    {
        Unsent++;
        Latency.RecordValue(Within(latency));
    }

    /// <summary>Adds what another loop saw. Both have an entry for each client of the run.</summary>
    public void Add(LoadResult other)
    {
        Latency.Add(other.Latency);
        Service.Add(other.Service);
        for (int i = 0; i < Answers.Length; i++)
            Answers[i] += other.Answers[i];
        foreach (var (status, count) in other.Statuses)
            Statuses[status] = Statuses.GetValueOrDefault(status) + count;
        foreach (var (reason, count) in other.Failures)
            Failures[reason] = Failures.GetValueOrDefault(reason) + count;
        Bytes += other.Bytes;
        Unsent += other.Unsent;
        Connections += other.Connections;
        Duration = other.Duration > Duration ? other.Duration : Duration;
    }

    private static long Within(long nanoseconds) => Math.Clamp(nanoseconds, 1, LongestNanoseconds);
}

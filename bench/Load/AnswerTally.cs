using HdrHistogram;

namespace Tame.Load;

/// <summary>How long answers of one kind took, and how many each client got.</summary>
public sealed class AnswerTally(int clients)
{
    internal const long LongestNanoseconds = 3_600_000_000_000;

    /// <summary>Nanoseconds from the moment when a request was due to its whole answer.</summary>
    public LongHistogram Latency { get; } = new(1, LongestNanoseconds, 3);

    /// <summary>Nanoseconds from the moment when a request was sent to its whole answer.</summary>
    public LongHistogram Service { get; } = new(1, LongestNanoseconds, 3);

    /// <summary>Answers for each client.</summary>
    public long[] Answers { get; } = new long[clients];

    /// <summary>Nanoseconds within which so many per cent of the answers came; 0 where there was no answer.</summary>
    public static long Within(LongHistogram times, double percentile) => times.TotalCount == 0 ? 0 : times.GetValueAtPercentile(percentile);

    public long Count => Answers.Sum();

    /// <summary>Jain's index over the answers for each client: 1 where all got as many, k/n where k of n got as many and the others none.</summary>
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

    internal void Add(int client, long latency, long service)
    {
        Answers[client]++;
        Latency.RecordValue(Clamp(latency));
        Service.RecordValue(Clamp(service));
    }

    internal void Add(AnswerTally other)
    {
        Latency.Add(other.Latency);
        Service.Add(other.Service);
        for (int i = 0; i < Answers.Length; i++)
            Answers[i] += other.Answers[i];
    }

    internal static long Clamp(long nanoseconds) => Math.Clamp(nanoseconds, 1, LongestNanoseconds);
}

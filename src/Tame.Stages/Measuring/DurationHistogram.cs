using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tame.Stages;

/// <summary>
/// Counts durations in buckets of bounded relative width: 32 per octave, so that a reported percentile is at most 1.6 % from some counted duration. One thread
/// writes; others may read, and may miss the latest counts.
/// </summary>
internal sealed class DurationHistogram
{
    private const int BitsOfStep = 5;
    private const int Steps = 1 << BitsOfStep;

    /// <summary>Nanoseconds up to 2 to the power of 43: two and a half hours. Longer durations count as that.</summary>
    private const int Octaves = 43 - BitsOfStep;
    public const int Size = (Octaves + 1) * Steps;
    private readonly int[] _counts = new int[Size];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long nanoseconds, int count) => _counts[BucketOf(nanoseconds)] += count;

    public void Clear() => Array.Clear(_counts);

    public void AddTo(Span<long> target)
    {
        for (int i = 0; i < Size; i++)
            target[i] += _counts[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BucketOf(long nanoseconds)
    {
        if ((ulong)nanoseconds < Steps)
            return (int)nanoseconds;
        if (nanoseconds < 0)
            return 0;
        int octave = BitOperations.Log2((ulong)nanoseconds) - BitsOfStep;
        return octave >= Octaves ? Size - 1 : (octave << BitsOfStep) + (int)(nanoseconds >> octave);
    }

    /// <summary>The middle of a bucket, in nanoseconds.</summary>
    public static double MiddleOf(int bucket)
    {
        int octave = (bucket >> BitsOfStep) - 1;
        if (octave < 0)
            return bucket;
        long from = (long)(Steps + (bucket & (Steps - 1))) << octave;
        return from + (((1L << octave) - 1) / 2.0);
    }

    /// <summary>The percentiles of the counts in buckets.</summary>
    public static StagePercentiles Percentiles(ReadOnlySpan<long> counts)
    {
        long total = 0;
        foreach (long count in counts)
            total += count;
        return new StagePercentiles(At(counts, total, 0.5), At(counts, total, 0.9), At(counts, total, 0.99));
    }

    private static TimeSpan At(ReadOnlySpan<long> counts, long total, double part)
    {
        if (total == 0)
            return TimeSpan.Zero;
        long rank = Math.Max(1, (long)Math.Ceiling(part * total));
        int bucket = 0;
        for (long seen = counts[0]; seen < rank; seen += counts[bucket])
            bucket++;
        return TimeSpan.FromTicks((long)Math.Round(MiddleOf(bucket) / TimeSpan.NanosecondsPerTick));
    }
}

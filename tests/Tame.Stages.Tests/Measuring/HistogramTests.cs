using CsCheck;

namespace Tame.Stages.Tests.Measuring;

public sealed class HistogramTests
{
    private const double MostWrong = 1.0 / 64;

    [Fact]
    public void A_bucket_tells_a_duration_with_bounded_relative_error() =>
        Gen.Long[0, 1L << 42].Select(Gen.Int[0, 42], (value, shift) => value >> shift).Sample(nanoseconds =>
        {
            double told = DurationHistogram.MiddleOf(DurationHistogram.BucketOf(nanoseconds));
            Assert.InRange(told, nanoseconds * (1 - MostWrong), nanoseconds * (1 + MostWrong));
        });

    [Fact]
    public void Longer_durations_are_in_later_buckets() =>
        Gen.Select(Gen.Long[0, 1L << 45], Gen.Long[0, 1L << 45]).Sample((one, other) =>
            Assert.True(DurationHistogram.BucketOf(Math.Min(one, other)) <= DurationHistogram.BucketOf(Math.Max(one, other))));

    [Theory]
    [InlineData(long.MinValue, 0)]
    [InlineData(-1, 0)]
    [InlineData(long.MaxValue, DurationHistogram.Size - 1)]
    public void What_is_out_of_range_counts_at_its_end(long nanoseconds, int bucket) => Assert.Equal(bucket, DurationHistogram.BucketOf(nanoseconds));

    [Fact]
    public void Percentiles_are_those_of_the_sorted_durations() =>
        Gen.Long[1_000, 10_000_000_000].Array[1, 500].Sample(values =>
        {
            var histogram = new DurationHistogram();
            foreach (long value in values)
                histogram.Add(value, 1);
            Span<long> counts = new long[DurationHistogram.Size];
            histogram.AddTo(counts);
            var told = DurationHistogram.Percentiles(counts);
            var sorted = values.Order().ToArray();
            AssertNear(sorted, 0.5, told.P50);
            AssertNear(sorted, 0.9, told.P90);
            AssertNear(sorted, 0.99, told.P99);
        });

    private static void AssertNear(long[] sorted, double part, TimeSpan told)
    {
        double exact = sorted[(int)Math.Ceiling(part * sorted.Length) - 1];
        Assert.InRange(told.TotalNanoseconds, exact * (1 - MostWrong) - 100, exact * (1 + MostWrong) + 100);
    }
}

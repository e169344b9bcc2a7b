using CsCheck;

namespace Tame.Stages.Tests.Controllers;

public sealed class TokenBucketTests
{
    [Fact]
    public void A_full_bucket_gives_its_depth_at_once_and_then_its_rate()
    {
        var bucket = new TokenBucket(10, 3);
        Assert.Equal([true, true, true, false], Take(ref bucket, 0, 0, 0, 0));
        Assert.Equal([false, true, false, true], Take(ref bucket, 0.099, 0.1, 0.199, 0.2));
    }

    [Fact]
    public void It_keeps_no_more_than_its_depth()
    {
        var bucket = new TokenBucket(10, 2);
        Assert.Equal([true, true, false], Take(ref bucket, 1000, 1000, 1000));
    }

    [Fact]
    public void A_new_rate_counts_from_now_on_and_a_smaller_depth_at_once()
    {
        var bucket = new TokenBucket(10, 5);
        bucket.Set(1, 2, TimeSpan.Zero);
        Assert.Equal([true, true, false, false, true], Take(ref bucket, 0, 0, 0, 0.9, 1));
    }

    [Fact]
    public void Time_that_goes_back_changes_nothing()
    {
        var bucket = new TokenBucket(1, 1);
        Assert.Equal([true, false, true], Take(ref bucket, 10, 5, 11));
    }

    [Fact]
    public void After_the_wait_there_is_a_token_and_not_a_millisecond_before() =>
        Gen.Select(Gen.Double[0.05, 50_000], Gen.Double[1, 20], Gen.Int[0, 1000]).Sample((rate, depth, milliseconds) =>
        {
            var bucket = new TokenBucket(rate, depth);
            var now = TimeSpan.FromMilliseconds(milliseconds);
            while (bucket.TryTake(now))
            {
            }
            var wait = bucket.Wait(now);
            Assert.True(wait > TimeSpan.Zero);
            var early = bucket;
            if (wait > TimeSpan.FromMilliseconds(1))
                Assert.False(early.TryTake(now + wait - TimeSpan.FromMilliseconds(1)));
            Assert.True(bucket.TryTake(now + wait));
        });

    [Fact]
    public void No_more_is_given_than_rate_and_depth_allow_and_never_is_more_kept_than_the_depth() =>
        Gen.Select(Gen.Double[0.5, 5000], Gen.Double[1, 50], Gen.Int[0, 20_000].Array[0, 400]).Sample((rate, depth, pauses) =>
        {
            var bucket = new TokenBucket(rate, depth);
            var now = TimeSpan.Zero;
            int given = 0;
            foreach (int pause in pauses)
            {
                now += TimeSpan.FromMicroseconds(pause);
                given += bucket.TryTake(now) ? 1 : 0;
                Assert.InRange(bucket.Tokens, 0, depth);
                Assert.True(given <= rate * now.TotalSeconds + depth + 1e-6, $"{given} in {now} at {rate} with {depth}");
            }
        });

    private static bool[] Take(ref TokenBucket bucket, params double[] seconds)
    {
        bool[] taken = new bool[seconds.Length];
        for (int i = 0; i < taken.Length; i++)
            taken[i] = bucket.TryTake(TimeSpan.FromSeconds(seconds[i]));
        return taken;
    }
}

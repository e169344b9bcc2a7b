using CsCheck;

namespace Tame.Runtime.Tests.Coordination;

public sealed class RetryTests
{
    private static readonly double[] s_factors = [1, 1.5, 2, 10], s_jitters = [0, 0.25, 1];

    private static readonly Gen<Act> s_act = Gen.Select(
        Gen.Frequency((1, Gen.Const(Fate.Value)), (4, Gen.Const(Fate.Failure)), (1, Gen.Const(Fate.Never)), (1, Gen.Const(Fate.ValueAtOnce)), (2, Gen.Const(Fate.FailureAtOnce)), (2, Gen.Const(Fate.ThrowAtOnce))),
        Gen.Long[1, 1_000_000_000],
        (fate, ticks) => new Act(fate, ticks));

    private static readonly Gen<RetryOptions> s_options = Gen.Select(
        Gen.Long[0, 100_000_000], Gen.Long[0, 800_000_000], Gen.Int[0, 3].Select(i => s_factors[i]), Gen.Int[0, 2].Select(i => s_jitters[i]),
        (delay, max, factor, jitter) => new RetryOptions { Delay = TimeSpan.FromTicks(delay), MaxDelay = TimeSpan.FromTicks(max), Factor = factor, Jitter = jitter });

    [Fact]
    public void Tries_follow_each_failure_after_their_wait_until_one_succeeds() =>
        Gen.Select(s_act.Array[1, 7], s_options, Gen.Int[0, 9], Gen.Int, Gen.Long[-2_000_000_000, 4_000_000_000]).Sample(Compare, iter: 3_000);

    [Fact]
    public void Waits_stay_between_their_bounds_whatever_the_number_of_the_try() =>
        Gen.Select(s_options, Gen.Int[1, int.MaxValue]).Sample((options, tries) =>
        {
            var wait = options.WaitAfter(tries);
            double longest = options.Delay == TimeSpan.Zero ? 0 : Math.Min(options.MaxDelay.Ticks, options.Delay.Ticks * Math.Pow(options.Factor, tries - 1));
            Assert.InRange(wait.Ticks, (long)(longest * (1 - options.Jitter)), (long)longest);
        });

    [Fact]
    public void The_longest_time_is_no_overflow() =>
        Assert.Equal(TimeSpan.MaxValue, new RetryOptions { Delay = TimeSpan.MaxValue, MaxDelay = TimeSpan.MaxValue, Jitter = 0 }.WaitAfter(1000));

    [Fact]
    public void Without_a_value_the_event_is_triggered_by_the_try_that_succeeds() => Loops.RunBlocks(
        c => Retry.Run(
            e =>
            {
                if (++c.A < 3)
                    throw new IOException("busy");
                Primitives.timer(TimeSpan.FromSeconds(1), e);
            },
            new RetryOptions(),
            c.Make(1)),
        c => Assert.Equal(3, c.A));

    [Fact]
    public void A_cancellation_is_not_tried_again_by_default()
    {
        int tries = 0;
        var outcome = new Operations([]).Run(
            e => Retry.Run<int>(
                _ =>
                {
                    tries++;
                    throw new OperationCanceledException();
                },
                new RetryOptions(),
                e),
            null);
        Assert.IsType<OperationCanceledException>(outcome.Error);
        Assert.Equal(1, tries);
    }

    [Fact]
    public void The_failures_beside_the_last_one_come_with_it()
    {
        var outcome = new Operations([]).Run(
            e => Retry.Run<int>(inner => Hedge.Run<int>(_ => throw new IOException("down"), new HedgeOptions(), inner), new RetryOptions { MaxTries = 2 }, e), null);
        Assert.Equal("down", outcome.Result);
        Assert.Single(outcome.Error!.OtherFailures());
    }

    [Fact]
    public void A_retry_that_the_end_of_its_loop_overtakes_does_not_try_again()
    {
        var operations = new Operations([new Act(Fate.Never, 0)]);
        Loops.RunOpenEnded(c => Retry.Run(operations.Start, new RetryOptions { ShouldRetry = _ => true }, c.Make(new Rendezvous(), c.Slot(ref c.A), 1)));
        Assert.False(operations.ArePending);
        Assert.Single(operations.Starts);
    }

    [Fact]
    public void Options_are_checked()
    {
        AssertRefused("first counts. (Parameter 'MaxTries')", () => new RetryOptions { MaxTries = 0 });
        AssertRefused("not negative. (Parameter 'Delay')", () => new RetryOptions { Delay = TimeSpan.FromTicks(-1) });
        AssertRefused("not negative", () => new RetryOptions { MaxDelay = Timeout.InfiniteTimeSpan });
        AssertRefused("factor of one", () => new RetryOptions { Factor = 0.5 });
        AssertRefused("factor of one", () => new RetryOptions { Factor = double.PositiveInfinity });
        AssertRefused("from 0", () => new RetryOptions { Jitter = double.NaN });
        AssertRefused("to 1. (Parameter 'Jitter')", () => new RetryOptions { Jitter = 1.5 });
        Assert.Throws<ArgumentNullException>(() => new RetryOptions { Random = null! });
        Assert.Throws<ArgumentNullException>(() => new RetryOptions { ShouldRetry = null! });
    }

    private static void AssertRefused(string advice, Func<RetryOptions> make) =>
        Assert.Contains(advice, Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);

    private static void Compare(Act[] acts, RetryOptions options, int refused, int seed, long limitOrNone)
    {
        long? limit = limitOrNone > 0 ? limitOrNone : null;
        options = options with { MaxTries = acts.Length, Random = new Random(seed), ShouldRetry = error => error.Message != $"failure {refused}" };
        var operations = new Operations(acts);
        var outcome = operations.Run(e => Retry.Run(operations.Start, options, e), limit);
        var (result, at, starts) = Expected(acts, options, refused, new Random(seed), limit);
        Assert.Equal((result, at), (outcome.Result, outcome.At));
        Assert.Equal(starts, operations.Starts);
    }

    private static (string Result, long At, List<long> Starts) Expected(Act[] acts, RetryOptions options, int refused, Random random, long? limit)
    {
        var starts = new List<long>();
        long now = 0;
        double wait = options.Delay.Ticks;
        for (int i = 0; ; i++)
        {
            if (limit < now)
                return ("nothing", limit.Value, starts);
            starts.Add(now);
            if (acts[i].Fate == Fate.Never)
                return ("nothing", limit ?? -1, starts);
            now += acts[i].IsAtOnce ? 0 : acts[i].Ticks;
            if (limit < now)
                return ("nothing", limit.Value, starts);
            if (acts[i].Succeeds || i == acts.Length - 1 || i == refused)
                return (acts[i].Result(i), now, starts);
            double part = 1 - options.Jitter * random.NextDouble();
            now += wait == 0 ? 0 : (long)(Math.Min(wait, options.MaxDelay.Ticks) * part);
            wait *= options.Factor;
        }
    }
}

using CsCheck;

namespace Tame.Runtime.Tests.Coordination;

public sealed class HedgeTests
{
    private static readonly Gen<Act> s_act = Gen.Select(Gen.Int[0, 5], Gen.Long[1, 1_000_000_000], (fate, ticks) => new Act((Fate)fate, ticks));

    [Fact]
    public void Tries_start_after_each_delay_or_failure_and_the_first_that_succeeds_wins() =>
        Gen.Select(s_act.Array[1, 6], Gen.Long[-100_000_000, 500_000_000], Gen.Long[-1_000_000_000, 2_000_000_000]).Sample(Compare, iter: 3_000);

    [Fact]
    public void When_all_tries_fail_the_first_failure_has_the_others()
    {
        var operations = new Operations([new Act(Fate.Failure, 30), new Act(Fate.ThrowAtOnce, 0), new Act(Fate.Failure, 5)]);
        var outcome = operations.Run(e => Hedge.Run(operations.Start, new HedgeOptions { Delay = TimeSpan.FromTicks(10), MaxTries = 3 }, e), null);
        Assert.Equal(("failure 0", 30), (outcome.Result, outcome.At));
        Assert.Equal(["failure 1", "failure 2"], outcome.Error!.OtherFailures().Select(error => error.Message));
        Assert.Equal([0, 10, 10], operations.Starts);
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.Contains("InfiniteTimeSpan", Assert.Throws<ArgumentOutOfRangeException>(() => new HedgeOptions { Delay = TimeSpan.FromTicks(-1) }).Message, StringComparison.Ordinal);
        Assert.Contains("the first counts. (Parameter 'MaxTries')", Assert.Throws<ArgumentOutOfRangeException>(() => new HedgeOptions { MaxTries = 0 }).Message, StringComparison.Ordinal);
        Assert.Equal((TimeSpan.FromSeconds(2), 2), (new HedgeOptions().Delay, new HedgeOptions().MaxTries));
    }

    [Fact]
    public void A_hedged_call_leaves_nothing_behind() => Loops.RunBlocks(
        c => Hedge.Run(e => Operations.After(30, () => e.Trigger(7)), new HedgeOptions { Delay = TimeSpan.FromTicks(10), MaxTries = 9 }, c.Make(c.Slot(ref c.A), 1)),
        c => Assert.Equal(7, c.A),
        c => Hedge.Run(e => Primitives.timer(TimeSpan.FromHours(1), e.Unblocker), new HedgeOptions(), c.Make(c.Slot(ref c.A), 1).WithTimeout(TimeSpan.FromSeconds(9), Event<bool>.Ignored)));

    private static void Compare(Act[] acts, long delayOrInfinite, long limitOrNone)
    {
        long? limit = limitOrNone > 0 ? limitOrNone : null;
        long? delay = delayOrInfinite >= 0 ? delayOrInfinite : null;
        var options = new HedgeOptions { Delay = delay is { } ticks ? TimeSpan.FromTicks(ticks) : Timeout.InfiniteTimeSpan, MaxTries = acts.Length };
        var operations = new Operations(acts);
        var outcome = operations.Run(e => Hedge.Run(operations.Start, options, e), limit);
        var (result, at, starts) = Expected(acts, delay, limit);
        Assert.Equal((result, at), (outcome.Result, outcome.At));
        Assert.Equal(starts, operations.Starts);
    }

    /// <summary>Steps from one occurrence to the next: a try that ends, a delay that is over, the limit.</summary>
    private static (string Result, long At, List<long> Starts) Expected(Act[] acts, long? delay, long? limit)
    {
        var starts = new List<long>();
        var ends = new SortedList<long, int>();
        int failures = 0;
        long now = 0;
        for (long due = 0; ;)
        {
            if (due == now && starts.Count < acts.Length)
            {
                int index = starts.Count;
                starts.Add(now);
                due = now + delay ?? long.MaxValue;
                if (acts[index] is { IsAtOnce: true, Succeeds: true })
                    return (acts[index].Result(index), now, starts);
                if (acts[index].IsAtOnce && ++failures == acts.Length)
                    return ("failure 0", now, starts);
                if (acts[index].IsAtOnce)
                    due = now;
                else if (acts[index].Fate != Fate.Never)
                    ends.Add(now + acts[index].Ticks, index);
                continue;
            }
            if (starts.Count == acts.Length)
                due = long.MaxValue;
            long end = ends.Count > 0 ? ends.Keys[0] : long.MaxValue;
            now = Math.Min(due, end);
            if (limit < now)
                return ("nothing", limit.Value, starts);
            if (now == long.MaxValue)
                return ("nothing", -1, starts);
            if (now != end)
                continue;
            int ended = ends.Values[0];
            ends.RemoveAt(0);
            if (acts[ended].Succeeds)
                return (acts[ended].Result(ended), now, starts);
            if (++failures == acts.Length)
                return ("failure 0", now, starts);
            due = now;
        }
    }
}

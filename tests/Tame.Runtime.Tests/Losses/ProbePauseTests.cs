namespace Tame.Runtime.Tests.Losses;

/// <summary>What a look for losses collects where it would stop all threads. See decision 0055.</summary>
public sealed class ProbePauseTests
{
    [Theory]
    [InlineData(true, 11, 1, 0)]
    [InlineData(true, 9, 0, 1)]
    [InlineData(false, 255, 0, 1)]
    public void Where_a_full_collection_would_stop_all_threads_for_long_a_look_collects_what_is_young(bool stops, double pause, int young, int full)
    {
        var budget = new PausingBudget { Stops = stops, Pause = pause };
        Assert.True(budget.TryCollect(andWait: false, out _));
        Assert.Equal((young, full), (budget.Young, budget.Full));
        Assert.True(budget.TryCollect(andWait: false, out _));
    }

    [Fact]
    public void A_look_in_virtual_time_is_full_whatever_it_costs()
    {
        var budget = new PausingBudget { Stops = true, Pause = 1000 };
        int before = GC.CollectionCount(2);
        Assert.True(budget.TryCollect(andWait: true, out _));
        Assert.Equal((0, true), (budget.Young, GC.CollectionCount(2) > before));
    }

    private sealed class PausingBudget : ProbeBudget
    {
        public bool Stops;
        public double Pause;
        public int Young, Full;

        protected override bool StopsThreads => Stops;

        protected override double ExpectedPause => Pause;

        protected override void CollectYoung() => Young++;

        protected override void CollectAll()
        {
            Full++;
            End();
        }
    }
}

using CsCheck;

namespace Tame.Stages.Tests.Controllers;

public sealed class BatchControllerTests
{
    private const int Backlog = 100_000;

    /// <summary>One sample for a decision, which follows it at once.</summary>
    private static readonly BatchOptions s_direct = BatchOptions.Paper with { Samples = 1, Smoothing = 0, OnlyUnderBacklog = true };

    [Fact]
    public void It_starts_with_the_largest_batch_and_shrinks_it_while_the_throughput_holds()
    {
        var controller = new BatchController(s_direct);
        Assert.Equal([833, 694, 578, 481], Sizes(controller, 1000, 1000, 1000, 1000));
    }

    [Fact]
    public void At_the_low_share_of_the_best_it_grows_until_the_high_share()
    {
        var controller = new BatchController(s_direct);
        Sizes(controller, 1000, 1000);
        Assert.Equal([832, 693, 577, 692], Sizes(controller, 900, 980, 901, 899));
    }

    [Fact]
    public void Between_the_low_and_the_high_share_it_goes_on_in_its_direction()
    {
        var controller = new BatchController(s_direct);
        Assert.Equal([833, 694, 578], Sizes(controller, 1000, 950, 950));
        Assert.Equal([693, 831, 997], Sizes(controller, 900, 950, 950));
    }

    [Fact]
    public void With_the_largest_batch_the_best_is_what_there_is_now()
    {
        var controller = new BatchController(s_direct with { Max = 100 });
        // 700 is below the low share of 1000; with the largest batch it becomes the best, and the batch shrinks again.
        Assert.Equal([83, 99, 100, 100, 83, 69], Sizes(controller, 1000, 700, 700, 700, 700, 700));
    }

    [Theory]
    [InlineData(199)]
    [InlineData(2000)]
    public void A_throughput_far_from_the_best_starts_again_with_the_largest_batch(int throughput)
    {
        var controller = new BatchController(s_direct);
        Sizes(controller, 1000, 1000, 1000);
        Assert.Equal([1000, 833], Sizes(controller, throughput, throughput));
    }

    [Fact]
    public void A_batch_that_has_grown_enough_rests()
    {
        var controller = new BatchController(s_direct with { Rest = 3 });
        Sizes(controller, 1000, 1000);
        Assert.Equal([832, 832, 832, 832, 693], Sizes(controller, 900, 980, 980, 980, 980));
    }

    [Fact]
    public void A_batch_that_rests_grows_when_the_throughput_falls()
    {
        var controller = new BatchController(s_direct with { Rest = 3 });
        Sizes(controller, 1000, 1000, 900, 980);
        Assert.Equal([998], Sizes(controller, 900));
    }

    [Fact]
    public void Samples_without_a_backlog_say_nothing()
    {
        var controller = new BatchController(s_direct);
        Assert.Equal(1000, controller.BatchSize(Sample(1000, 999)));
        Assert.Equal(833, controller.BatchSize(Sample(1000, 1000)));
        Assert.Equal(833, new BatchController(s_direct with { OnlyUnderBacklog = false }).BatchSize(Sample(1000, 0)));
    }

    [Fact]
    public void A_sample_is_as_long_as_some_batches_take()
    {
        var controller = new BatchController(s_direct with { MinBatches = 4 });
        // 1,500 and then 1,000 a second make 1,333 over three seconds; the samples with the backlog gone begin it again.
        Assert.Equal([1000], Sizes(controller, 3999));
        controller.BatchSize(Sample(1000, 0));
        Assert.Equal([1000, 1000, 833], Sizes(controller, 1500, 1500, 1000));
        // Four batches of 833. 0.9 of the 1,333 are 1,200.
        Assert.Equal([833, 833, 999], Sizes(controller, 1200, 1200, 1199));
    }

    [Fact]
    public void A_decision_takes_the_samples_that_it_needs_and_smooths_them()
    {
        var controller = new BatchController(s_direct with { Samples = 2, Smoothing = 0.5 });
        Assert.Equal([1000, 833], Sizes(controller, 1000, 1000));
        // 0.5 x 1000 + 0.5 x 800 = 900 is the low share of the best.
        Assert.Equal([833, 999], Sizes(controller, 1000, 800));
    }

    [Fact]
    public void Whatever_is_measured_the_batch_stays_within_its_bounds() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[0, 50], Gen.Int[0, 3], Gen.Int[0, 100_000].Array[0, 100]).Sample((min, more, rest, throughputs) =>
        {
            var controller = new BatchController(s_direct with { Min = min, Max = min + more, Rest = rest });
            Assert.All(Sizes(controller, throughputs), size => Assert.InRange(size, min, min + more));
        });

    [Fact]
    public void The_papers_numbers_are_those_of_its_code()
    {
        var paper = BatchOptions.Paper;
        Assert.Equal((TimeSpan.FromSeconds(1), 5, 2, 1000), (paper.Period, paper.Samples, paper.Min, paper.Max));
        Assert.Equal((0.7, 1.2, 1.2, 0.9, 0.98, 0.2, 2.0), (paper.Smoothing, paper.Shrink, paper.Grow, paper.Low, paper.High, paper.FarBelow, paper.FarAbove));
        Assert.Equal((0, 0, false), (paper.Rest, paper.MinBatches, paper.OnlyUnderBacklog));
    }

    private static int[] Sizes(BatchController controller, params int[] throughputs) => [.. throughputs.Select(throughput => controller.BatchSize(Sample(throughput, Backlog)))];

    private static StageSample Sample(int throughput, int length) => new() { Elapsed = TimeSpan.FromSeconds(1), Completed = throughput, QueueLength = length, Capacity = Backlog };
}

using CsCheck;

namespace Tame.Stages.Tests.Controllers;

public sealed class ThreadPoolControllerTests
{
    private static readonly StageSample s_sample = new() { Capacity = 10_000, Threads = 4, BatchSize = 1 };

    [Theory]
    [InlineData(999, 4)]
    [InlineData(1000, 5)]
    [InlineData(9999, 5)]
    public void A_thread_is_added_while_the_queue_is_at_the_threshold(int length, int expected) =>
        Assert.Equal(expected, new ThreadPoolController().Threads(s_sample with { QueueLength = length }));

    [Theory]
    [InlineData(49, 4)]
    [InlineData(50, 5)]
    public void A_short_queue_is_at_its_threshold_when_it_is_half_full(int length, int expected) =>
        Assert.Equal(expected, new ThreadPoolController().Threads(s_sample with { QueueLength = length, Capacity = 100 }));

    [Fact]
    public void A_queue_of_one_place_adds_threads_only_while_it_is_full()
    {
        var controller = new ThreadPoolController();
        Assert.Equal(4, controller.Threads(s_sample with { Capacity = 1, QueueLength = 0 }));
        Assert.Equal(5, controller.Threads(s_sample with { Capacity = 1, QueueLength = 1 }));
    }

    [Theory]
    [InlineData(999, 1, 4)]
    [InlineData(1000, 1, 3)]
    [InlineData(1000, 0, 4)]
    public void A_thread_is_removed_when_one_was_idle_for_long(int milliseconds, int idle, int expected) =>
        Assert.Equal(expected, new ThreadPoolController().Threads(s_sample with { IdleThreads = idle, LongestIdle = TimeSpan.FromMilliseconds(milliseconds) }));

    [Fact]
    public void The_number_stays_within_its_bounds()
    {
        var controller = new ThreadPoolController(new ThreadPoolOptions { Min = 2, Max = 4 });
        Assert.Equal(4, controller.Threads(s_sample with { QueueLength = 5000 }));
        Assert.Equal(2, controller.Threads(s_sample with { Threads = 2, IdleThreads = 2, LongestIdle = TimeSpan.FromHours(1) }));
        Assert.Equal(2, controller.Threads(s_sample with { Threads = 1 }));
    }

    [Fact]
    public void Whatever_the_sample_says_the_number_moves_by_one_within_its_bounds() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[0, 3000], Gen.Int[1, 3000], Gen.Int[0, 20], Gen.Int[0, 3000]).Sample((threads, length, capacity, idle, milliseconds) =>
        {
            var sample = new StageSample { Threads = threads, QueueLength = length, Capacity = capacity, IdleThreads = idle, LongestIdle = TimeSpan.FromMilliseconds(milliseconds) };
            Assert.InRange(new ThreadPoolController().Threads(sample), Math.Max(1, threads - 1), Math.Min(20, threads + 1));
        });

    [Fact]
    public void The_papers_numbers_are_those_of_its_code()
    {
        var paper = ThreadPoolOptions.Paper;
        Assert.Equal((TimeSpan.FromSeconds(8), 1000, 1, 20, TimeSpan.FromSeconds(1)), (paper.Period, paper.Threshold, paper.Min, paper.Max, paper.IdleTime));
        Assert.Equal(TimeSpan.FromSeconds(8), new ThreadPoolController(paper).Period);
    }
}

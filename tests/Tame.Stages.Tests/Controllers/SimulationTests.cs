using Tame.Stages.Responses;

namespace Tame.Stages.Tests.Controllers;

/// <summary>The experiments of docs/controllers.md, in virtual time: they have the same results on every machine.</summary>
public sealed class SimulationTests
{
    public static TheoryData<int, int> Cases => new MatrixTheoryData<int, int>(Enumerable.Range(0, OverloadCase.All.Length), [0, 1, 2, 4]);

    /// <summary>Five seconds after each change, and ten times the target, the stage answers as many as it can, and those in time.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_percentile_is_held_at_its_target_and_the_throughput_at_its_peak(int test, int stage)
    {
        var (response, throughput) = OverloadCase.All[test].Run(OverloadCase.Stages[stage]);
        Assert.InRange(response, 0.8, 1.2);
        Assert.InRange(throughput, 0.9, 1.05);
    }

    [Fact]
    public void From_the_start_of_an_overload_on_the_percentile_is_within_a_fifth_of_its_target()
    {
        var trial = OverloadTrials.Default.RunStep();
        Assert.InRange(trial.Response(10, 40), 0.4, 0.6);
        Assert.InRange(trial.Throughput(10, 40), 0.9 * 1000, 1.05 * 1000);
        Assert.True(trial.Refused(10, 40) > 8 * 30 * 1000);
    }

    [Fact]
    public void Five_seconds_after_an_overload_nothing_is_refused_and_all_is_fast()
    {
        var trial = OverloadTrials.Default.RunStep();
        Assert.Equal(0, trial.Refused(45, 60));
        Assert.InRange(trial.Response(45, 60), 0, 0.02);
        Assert.InRange(trial.Throughput(45, 60), 450, 550);
    }

    [Fact]
    public void Clients_are_treated_alike() => Assert.InRange(OverloadTrials.Default.Run(_ => 10, 60).Fairness(0, 60), 0.9, 1);

    [Fact]
    public void A_load_that_fits_is_not_refused() => Assert.Equal(0, OverloadTrials.Default.Run(_ => 0.9, 30).Refused(5, 30));

    [Fact]
    public void Without_control_the_answers_come_when_the_clients_have_gone()
    {
        var trial = (OverloadTrials.Default with { Control = null }).RunStep();
        Assert.InRange(trial.Response(20, 40), 8, 11);
        Assert.InRange(trial.InTime(20, 50), 0, 10);
    }

    [Fact]
    public void With_the_papers_constants_a_thousand_requests_a_second_are_out_of_reach()
    {
        var trial = (OverloadTrials.Default with { Control = OverloadOptions.Paper }).RunStep();
        Assert.InRange(trial.Throughput(10, 40), 1, 100);
        Assert.InRange(trial.Refused(45, 60), 1000, 100_000);
    }

    [Fact]
    public void The_more_important_class_is_served_first()
    {
        // 400 requests a second of the first class and 2,600 of the second, of which 600 fit beside them.
        var trial = (OverloadTrials.Default with { FirstClass = 400.0 / 3000 }).Run(_ => 3, 30);
        Assert.InRange(trial.Throughput(10, 30, requestClass: 0), 0.95 * 400, 1.05 * 400);
        Assert.InRange(trial.Throughput(10, 30, requestClass: 1), 0.9 * 600, 1.05 * 600);
        Assert.InRange(trial.Response(10, 30, requestClass: 0), 0.25, 0.6);
    }

    [Fact]
    public void Threads_come_with_the_load_and_go_with_it()
    {
        var trial = ThreadPoolTrials.Run(new ThreadPoolOptions().Period);
        Assert.All(trial.Moments.Where(moment => moment.At is > 5 and < 10), moment => Assert.InRange(moment.Threads, 1, 3));
        Assert.All(trial.Moments.Where(moment => moment.At is > 15 and < 30), moment =>
        {
            Assert.InRange(moment.Threads, ThreadPoolTrials.Needed, 20);
            Assert.InRange(moment.QueueLength, 0, 50);
        });
        Assert.All(trial.Moments.Where(moment => moment.At > 40), moment => Assert.InRange(moment.Threads, 1, 4));
        Assert.True(ThreadPoolTrials.Run(ThreadPoolOptions.Paper.Period).Moments.Max(moment => moment.QueueLength) > 5000);
    }

    [Fact]
    public void Batches_become_as_small_as_the_throughput_allows()
    {
        var trial = BatchTrials.Run(new BatchOptions());
        foreach (double end in new[] { 1, 2, 3 }.Select(part => part * BatchTrials.Part))
        {
            double smallest = BatchTrials.Knee(0.9, end - 1, 1000), best = 1000 / (1000 + BatchTrials.Overhead(end - 1)) * BatchTrials.Limit;
            Assert.InRange(trial.Throughput(end - 10, end), 0.9 * best, best);
            Assert.All(trial.Moments.Where(moment => moment.At > end - 10 && moment.At < end), moment => Assert.InRange(moment.BatchSize, 1, 4 * smallest));
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        var (once, again) = (OverloadTrials.Default.Run(_ => 3, 5), OverloadTrials.Default.Run(_ => 3, 5));
        Assert.True(once.Answers.Count > 1000);
        Assert.Equal(once.Answers, again.Answers);
        Assert.Equal(once.Moments, again.Moments);
    }
}

using Orleans.Runtime;
using Tame.Orleans.Tests.Grains;

namespace Tame.Orleans.Tests;

/// <summary>Tamed grain methods that call other grains, on two silos.</summary>
[Collection(nameof(Cluster))]
public sealed class SumTests(Cluster cluster)
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(200)]
    public async Task A_window_of_calls_to_grains_of_both_silos_returns_each_result(int window)
    {
        var summer = await cluster.On<ISummer>(cluster.First);
        Assert.Equal(Squares(200), await summer.Sum(200, window).WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Interleaved_requests_of_a_reentrant_grain_never_run_at_the_same_time()
    {
        var summer = await cluster.On<ISummer>(cluster.Second);
        var sums = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => summer.SumAlone(60))).WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken);
        Assert.All(sums, sum => Assert.Equal(Squares(60), sum));
    }

    [Fact]
    public async Task A_time_limit_ends_a_wait_for_a_grain_that_does_not_answer()
    {
        var summer = await cluster.On<ISummer>(cluster.First);
        await Assert.ThrowsAsync<TimeoutException>(() => summer.SquareWithin(TimeSpan.FromMilliseconds(50)).WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));
        Assert.Equal(Squares(3), await summer.Sum(3, 1).WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Request_context_activity_and_culture_stay_with_their_request_through_interleaved_waits()
    {
        var summer = await cluster.On<ISummer>(cluster.Second);
        var seen = new List<Task<string>>();
        for (int i = 0; i < 20; i++)
        {
            RequestContext.Set("name", $"request {i}");
            seen.Add(summer.Contexts($"request {i}"));
        }
        RequestContext.Clear();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"request {i}"), await Task.WhenAll(seen).WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));
    }

    internal static long Squares(int count) => Enumerable.Range(0, count).Sum(i => (long)i * i);
}

#pragma warning disable xUnit1051 // StartAdditionalSiloAsync takes no token of its own.
using Orleans.Runtime;
using Tame.Orleans.Tests.Grains;

namespace Tame.Orleans.Tests;

/// <summary>The end of a silo while tamed code waits, in a cluster of their own: one that has lost a silo is not at rest for a while.</summary>
public sealed class SiloTests(Cluster cluster) : IClassFixture<Cluster>
{
    [Fact]
    public async Task A_silo_that_stops_ends_the_requests_that_wait_in_its_grains_and_runs_their_finally()
    {
        var silo = await cluster.Silos.StartAdditionalSiloAsync();
        var grains = new List<IEnding>();
        for (int i = 0; i < 10; i++)
            grains.Add(await cluster.On<IEnding>(silo.SiloAddress));
        var requests = grains.SelectMany(grain => new[] { grain.Wait(), grain.Wait() }).ToList();
        foreach (var grain in grains)
        {
            Assert.Equal("waits", Diary.Read(grain.GetPrimaryKey()));
            Assert.Equal("waits", Diary.Read(grain.GetPrimaryKey()));
        }
        await cluster.Silos.StopSiloAsync(silo).WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken);
        foreach (var request in requests)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request.WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));
        foreach (var grain in grains)
        {
            Assert.Equal(["finally 144", "finally 144"], Diary.ReadAll(grain.GetPrimaryKey()).Where(line => line.StartsWith("finally", StringComparison.Ordinal)));
            Assert.NotEqual(silo.SiloAddress.ToString(), await grain.Where());
        }
    }

    [Fact]
    public async Task Work_of_a_silo_that_is_killed_is_done_when_it_is_asked_for_again()
    {
        var silo = await cluster.Silos.StartAdditionalSiloAsync();
        var summers = new List<ISummer>();
        for (int i = 0; i < 5; i++)
            summers.Add(await cluster.On<ISummer>(silo.SiloAddress));
        var asked = summers.Select(summer => summer.SumAlone(3000)).ToList();
        await Task.Delay(50, TestContext.Current.CancellationToken);
        await cluster.Silos.KillSiloAsync(silo).WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken);
        int failed = 0;
        foreach (var (summer, first) in summers.Zip(asked))
        {
            try
            {
                await first.WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken);
            }
            catch (Exception error) when (error is not TimeoutException)
            {
                failed++;
            }
            Assert.Equal(SumTests.Squares(30), await Again(() => summer.SumAlone(30)));
        }
        Assert.Equal(summers.Count, failed);
    }

    /// <summary>Asks until a silo that lives answers: the cluster learns of a death after a while.</summary>
    private static async Task<long> Again(Func<Task<long>> ask)
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                return await ask().WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken);
            }
            catch (OrleansException) when (tries < 100)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }
}

#pragma warning disable xUnit1051 // StartAdditionalSiloAsync takes no token of its own.
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Tame.Orleans.Tests.Grains;

namespace Tame.Orleans.Tests;

/// <summary>The end of a grain and of a silo while tamed code waits.</summary>
[Collection(nameof(Cluster))]
public sealed class EndTests(Cluster cluster)
{
    [Fact]
    public async Task Deactivation_ends_calls_that_wait_and_their_finally_may_wait_for_another_grain()
    {
        var grain = await cluster.On<IEnding>(cluster.First);
        var key = grain.GetPrimaryKey();
        await grain.StartInBackground();
        Assert.Equal("waits", Diary.Read(key));
        var before = await grain.Activation();
        await grain.Deactivate();
        Assert.StartsWith("deactivated: ApplicationRequested ", Diary.Read(key), StringComparison.Ordinal);
        Assert.Equal("finally 144", Diary.Read(key));
        Assert.NotEqual(before, await grain.Activation());
    }

    [Fact]
    public async Task Deactivation_waits_for_a_request_that_runs()
    {
        var grain = await cluster.On<IEnding>(cluster.Second);
        var before = await grain.Activation();
        Assert.Equal(25, await grain.DeactivateAndGoOn().WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));
        Assert.StartsWith("deactivated: ApplicationRequested ", Diary.Read(grain.GetPrimaryKey()), StringComparison.Ordinal);
        Assert.NotEqual(before, await grain.Activation());
    }

    [Fact]
    public async Task A_failure_that_nothing_handles_deactivates_the_grain_with_it_as_the_reason()
    {
        var grain = await cluster.On<IEnding>(cluster.First);
        var before = await grain.Activation();
        var waiting = grain.Wait();
        Assert.Equal("waits", Diary.Read(grain.GetPrimaryKey()));
        await grain.FailInBackground();
        Assert.Equal("finally 144", Diary.Read(grain.GetPrimaryKey()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));
        Assert.Equal("deactivated: ApplicationError Tamed code of the grain failed, and nothing handled it: System.FormatException: in the background", Diary.Read(grain.GetPrimaryKey()));
        Assert.NotEqual(before, await grain.Activation());
        await grain.StartInBackground();
        Assert.Equal("waits", Diary.Read(grain.GetPrimaryKey()));
    }

    [Fact]
    public async Task Migration_takes_the_grain_to_the_other_silo_behind_the_end_of_its_calls()
    {
        var grain = await cluster.On<IEnding>(cluster.First);
        await grain.Remember(30);
        await grain.StartInBackground();
        RequestContext.Set(IPlacementDirector.PlacementHintKey, cluster.Second);
        await grain.Migrate();
        RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        var lines = Enumerable.Range(0, 4).Select(_ => Diary.Read(grain.GetPrimaryKey()).Split(' ')[0]);
        Assert.Equal(["waits", "deactivated:", "finally", "dehydrated"], lines);
        Assert.Equal(33, await grain.Remember(3));
        Assert.Equal(cluster.Second.ToString(), await grain.Where());
        await grain.StartInBackground();
        Assert.Equal("waits", Diary.Read(grain.GetPrimaryKey()));
    }

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

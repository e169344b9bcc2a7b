using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Tame.Orleans.Tests.Grains;

namespace Tame.Orleans.Tests;

/// <summary>The end of a grain while tamed code waits.</summary>
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
        Assert.Equal("deactivated: ApplicationError Tamed code of the grain failed, and the failure was not handled: System.FormatException: in the background", Diary.Read(grain.GetPrimaryKey()));
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
}

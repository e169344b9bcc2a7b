#pragma warning disable xUnit1051 // DeployAsync takes a token of another kind of cluster.
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.TestingHost;
using Tame.Orleans.Tests.Grains;

namespace Tame.Orleans.Tests;

/// <summary>Which grains have a loop, and what those are told that have none.</summary>
[Collection(nameof(Cluster))]
public sealed class KindTests(Cluster cluster)
{
    [Fact]
    public async Task Activations_of_a_stateless_worker_have_a_loop_each_and_work_at_the_same_time()
    {
        var worker = cluster.Grains.GetGrain<IStateless>(0);
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(worker.Square)).WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => i * i), results.Select(result => result.Square));
        Assert.True(results.DistinctBy(result => result.Activation).Count() > 1);
    }

    [Fact]
    public async Task A_grain_that_derives_from_no_class_takes_its_loop_from_its_context() =>
        Assert.Equal(81, await cluster.Grains.GetGrain<IPlain>(0).Square(9).WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_class_whose_base_is_tamed_has_a_loop() => Assert.True(await cluster.Grains.GetGrain<IDerived>(0).HasLoop());

    [Fact]
    public async Task Sockets_work_in_a_grain() =>
        Assert.Equal("through the wire", await cluster.Grains.GetGrain<ISockets>(0).Echo("through the wire").WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_grain_without_the_attribute_is_told_to_write_it()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(cluster.Grains.GetGrain<IUntamed>(0).Ask);
        Assert.Equal($"GetEventLoop was called in {typeof(UntamedGrain)}, whose class has no event loop. Write [TamedGrain] on the class.", error.Message);
    }

    [Fact]
    public async Task A_grain_of_a_silo_that_does_not_use_Tame_is_told_so()
    {
        await using var silos = new TestClusterBuilder(1).Build();
        await silos.DeployAsync();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => silos.GrainFactory.GetGrain<IPlain>(0).Square(3));
        Assert.Equal(
            $"GetEventLoop was called in {typeof(PlainGrain)}, but this silo does not use Tame. Call 'silo.UseTame()' on the ISiloBuilder that configures it.",
            error.Message);
    }

    [Fact]
    public void A_silo_that_is_told_twice_uses_Tame_once()
    {
        int once = 0, twice = 0;
        Host.CreateApplicationBuilder().UseOrleans(silo =>
        {
            once = silo.UseTame().Services.Count;
            twice = silo.UseTame().Services.Count;
        });
        Assert.NotEqual(0, once);
        Assert.Equal(once, twice);
    }
}

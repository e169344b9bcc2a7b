using Orleans.Streams;
using Tame.Orleans.Tests.Grains;

namespace Tame.Orleans.Tests;

/// <summary>Streams and reminders as events.</summary>
[Collection(nameof(Cluster))]
public sealed class FeedTests(Cluster cluster)
{
    [Fact]
    public async Task Items_of_a_stream_come_to_tamed_code_in_their_order_and_wait_for_room()
    {
        var id = Guid.NewGuid();
        var listener = cluster.Grains.GetGrain<IListener>(id);
        await listener.Subscribe();
        var stream = cluster.Silos.Client.GetStreamProvider("memory").GetStream<int>(id);
        for (int i = 0; i < 20; i++)
            await stream.OnNextAsync(i);
        var taken = await listener.Take(20).WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i * i), taken);
    }

    [Fact]
    public async Task A_feed_that_has_failed_says_why()
    {
        var listener = cluster.Grains.GetGrain<IListener>(Guid.NewGuid());
        await listener.Close();
        Assert.Equal("no more", await listener.AskAfterEnd().WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_tick_of_a_reminder_is_an_event()
    {
        var listener = cluster.Grains.GetGrain<IListener>(Guid.NewGuid());
        Assert.Equal("tea", await listener.WaitForTick("tea").WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));
    }
}

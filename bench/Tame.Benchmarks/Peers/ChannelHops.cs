using System.Threading.Channels;

namespace Tame.Benchmarks.Peers;

/// <summary>Items through a bounded channel on one thread: the reader goes on inside the write.</summary>
internal sealed class ChannelHop
{
    private long _sum;

    public void Run(int operations)
    {
        _sum = 0;
        var channel = Channel.CreateBounded<int>(new BoundedChannelOptions(1_024) { AllowSynchronousContinuations = true, SingleReader = true, SingleWriter = true });
        var all = Read(channel.Reader);
        for (var i = 0; i < operations; i++)
            if (!channel.Writer.TryWrite(i)) throw new InvalidOperationException("The channel refused an item.");
        channel.Writer.Complete();
        all.GetAwaiter().GetResult();
        if (_sum != (long)operations * (operations - 1) / 2) throw new InvalidOperationException($"The sum of the items is {_sum}.");
    }

    private async Task Read(ChannelReader<int> items)
    {
        while (await items.WaitToReadAsync())
            while (items.TryRead(out var item))
                _sum += item;
    }
}

/// <summary>Items through a bounded channel from one thread of the pool to another.</summary>
internal sealed class ChannelThreads(int capacity)
{
    private long _sum;

    public void Run(int operations)
    {
        _sum = 0;
        var channel = Channel.CreateBounded<int>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });
        Task.WaitAll(Task.Run(() => Read(channel.Reader)), Task.Run(() => Write(channel.Writer, operations)));
        if (_sum != (long)operations * (operations - 1) / 2) throw new InvalidOperationException($"The sum of the items is {_sum}.");
    }

    private async Task Read(ChannelReader<int> items)
    {
        while (await items.WaitToReadAsync())
            while (items.TryRead(out var item))
                _sum += item;
    }

    private static async Task Write(ChannelWriter<int> items, int operations)
    {
        for (var i = 0; i < operations; i++)
            if (!items.TryWrite(i))
                await items.WriteAsync(i);
        items.Complete();
    }
}

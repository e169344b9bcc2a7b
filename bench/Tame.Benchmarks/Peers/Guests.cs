using System.Threading.Channels;

namespace Tame.Benchmarks.Peers;

/// <summary>A task whose continuation runs inside of SetResult.</summary>
internal sealed class InlineTurn
{
    private TaskCompletionSource _next = new();
    private long _count;

    public InlineTurn() => _ = Serve();

    public void Run(int operations)
    {
        _count = 0;
        for (var i = 0; i < operations; i++) _next.SetResult();
        if (_count != operations) throw new InvalidOperationException($"{_count} of {operations} turns resumed the method.");
    }

    private async Task Serve()
    {
        while (true)
        {
            var next = new TaskCompletionSource();
            _next = next;
            await next.Task;
            _count++;
        }
    }
}

/// <summary>Readers of channels in a ring.</summary>
internal sealed class ChannelRing
{
    private readonly Channel<int>[] _next;
    private TaskCompletionSource? _done;

    public ChannelRing(int readers)
    {
        _next = new Channel<int>[readers];
        for (var i = 0; i < readers; i++) _next[i] = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true });
        for (var i = 0; i < readers; i++) _ = Serve(i);
    }

    public void Run(int operations)
    {
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _next[0].Writer.TryWrite(operations);
        _done.Task.Wait();
    }

    private async Task Serve(int place)
    {
        await foreach (var left in _next[place].Reader.ReadAllAsync())
        {
            if (left == 0) _done!.SetResult();
            else _next[(place + 1) % _next.Length].Writer.TryWrite(left - 1);
        }
    }
}

/// <summary>What a reader of a channel keeps, which is the actor that .NET has.</summary>
internal static class ChannelMemory
{
    public static double Readers(int count)
    {
        var channels = new Channel<int>[count];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < count; i++)
        {
            channels[i] = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true });
            _ = Read(channels[i].Reader);
        }

        var bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        GC.KeepAlive(channels);
        return bytes;
    }

    private static async Task Read(ChannelReader<int> items)
    {
        await foreach (var _ in items.ReadAllAsync())
        {
        }
    }
}

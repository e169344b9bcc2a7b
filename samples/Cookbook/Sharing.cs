using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Cookbook;

/// <summary>Data that several calls use: locks, pipelines, streams.</summary>
internal static partial class Sharing
{
    #region lock-async
    private static async Task AddAsync(string name, StrongBox<int> sum, SemaphoreSlim gate)
    {
        await gate.WaitAsync();
        try
        {
            int before = sum.Value;
            string page = await Site.GetAsync(name);
            sum.Value = before + page.Length;
        }
        finally
        {
            gate.Release();
        }
    }
    #endregion

    public static async Task<string> SumAsync(string[] names)
    {
        using var gate = new SemaphoreSlim(1);
        var sum = new StrongBox<int>();
        await Task.WhenAll(names.Select(name => AddAsync(name, sum, gate)));
        return $"{sum.Value}";
    }

    #region lock-tamed
    [Tamed] private static partial void Add(string name, StrongBox<int> sum, SharedMutex gate, Event done);

    private static void AddBody(string name, StrongBox<int> sum, SharedMutex gate, Event done)
    {
        twait(e => gate.Acquire(e));
        try
        {
            int before = sum.Value;
            twait(e => Site.Get(name, e), out string page);
            sum.Value = before + page.Length;
        }
        finally
        {
            gate.Release();
        }
        done.Trigger();
    }
    #endregion

    [Tamed] public static partial void Sum(string[] names, Event<string> result);

    private static void SumBody(string[] names, Event<string> result)
    {
        var gate = new SharedMutex();
        var sum = new StrongBox<int>();
        using (twait())
            foreach (string name in names)
                Add(name, sum, gate, mkevent());
        result.Trigger($"{sum.Value}");
    }

    #region pipeline-async
    public static async Task<string> PipeAsync(string[] names)
    {
        var channel = Channel.CreateBounded<string>(1);
        var log = new List<string>();
        await Task.WhenAll(ProduceAsync(), ConsumeAsync());
        return string.Join(", ", log);

        async Task ProduceAsync()
        {
            foreach (string name in names)
                await channel.Writer.WriteAsync(await Site.GetAsync(name));
            channel.Writer.Complete();
        }

        async Task ConsumeAsync()
        {
            await foreach (string page in channel.Reader.ReadAllAsync())
                log.Add(page);
        }
    }
    #endregion

    #region pipeline-tamed
    [Tamed] public static partial void Pipe(string[] names, Event<string> result);

    private static void PipeBody(string[] names, Event<string> result)
    {
        var channel = new BoundedChannel<string>(1);
        var log = new List<string>();
        using (twait())
        {
            Produce(names, channel, mkevent());
            Consume(channel, log, mkevent());
        }
        result.Trigger(string.Join(", ", log));
    }

    [Tamed] private static partial void Produce(string[] names, BoundedChannel<string> channel, Event done);

    private static void ProduceBody(string[] names, BoundedChannel<string> channel, Event done)
    {
        foreach (string name in names)
        {
            twait(e => Site.Get(name, e), out string page);
            twait(e => channel.Send(page, e));
        }
        channel.Complete();
        done.Trigger();
    }

    [Tamed] private static partial void Consume(BoundedChannel<string> channel, List<string> log, Event done);

    private static void ConsumeBody(BoundedChannel<string> channel, List<string> log, Event done)
    {
        try
        {
            while (true)
            {
                twait(e => channel.Receive(e), out string page);
                log.Add(page);
            }
        }
        catch (ChannelClosedException)
        {
        }
        done.Trigger();
    }
    #endregion
}

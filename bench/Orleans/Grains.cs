using Orleans;
using Orleans.Concurrency;
using Tame.Orleans;

namespace OrleansBench;

/// <summary>The same work, written in two ways.</summary>
internal interface IWorkGrain : IGrainWithIntegerKey
{
    /// <summary>Returns without a wait.</summary>
    Task<int> Get(int value);

    /// <summary>Waits once, for another turn.</summary>
    Task<int> Wait(int value);

    /// <summary>Asks leaves so many times, ten at a time.</summary>
    Task<long> FanOut(int count);
}

internal interface ITamedWork : IWorkGrain;

internal interface IAsyncWork : IWorkGrain;

/// <summary>What a fan-out asks.</summary>
internal interface ILeaf : IGrainWithIntegerKey
{
    Task<int> Get(int value);
}

internal sealed class LeafGrain : Grain, ILeaf
{
    public Task<int> Get(int value) => Task.FromResult(value);
}

[Reentrant]
internal sealed class AsyncWorkGrain : Grain, IAsyncWork
{
    public async Task<int> Get(int value)
    {
        await Task.CompletedTask;
        return value;
    }

    public async Task<int> Wait(int value)
    {
        await Task.Yield();
        return value;
    }

    public async Task<long> FanOut(int count)
    {
        long total = 0;
        int next = 0;
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Ask()));
        return total;

        async Task Ask()
        {
            while (next < count)
            {
                int value = next++;
                total += await GrainFactory.GetGrain<ILeaf>(value % 64).Get(value);
            }
        }
    }
}

[TamedGrain]
[Reentrant]
internal sealed partial class TamedWorkGrain : Grain, ITamedWork
{
    public Task<int> Get(int value) => this.GetEventLoop().InvokeAsync<int>(got => GetTamed(value, got));

    public Task<int> Wait(int value) => this.GetEventLoop().InvokeAsync<int>(got => WaitTamed(value, got));

    public Task<long> FanOut(int count) => this.GetEventLoop().InvokeAsync<long>(total => FanOutTamed(count, total));

    [Tamed] private partial void GetTamed(int value, Event<int> got);

    private void GetTamedBody(int value, Event<int> got) => got.Trigger(value);

    [Tamed] private partial void WaitTamed(int value, Event<int> got);

    private void WaitTamedBody(int value, Event<int> got)
    {
        twait(e => asap(e));
        got.Trigger(value);
    }

    [Tamed] private partial void FanOutTamed(int count, Event<long> total);

    private void FanOutTamedBody(int count, Event<long> total)
    {
        using var answers = new Rendezvous<int>();
        var values = new int[10];
        long sum = 0;
        int asked = 0;
        for (; asked < Math.Min(10, count); asked++)
            GrainFactory.GetGrain<ILeaf>(asked % 64).Get(asked).Trigger(mkevent(answers, asked, out values[asked]));
        for (int answered = 0; answered < count; answered++)
        {
            twait(answers, out int place);
            sum += values[place];
            if (asked < count)
            {
                GrainFactory.GetGrain<ILeaf>(asked % 64).Get(asked).Trigger(mkevent(answers, place, out values[place]));
                asked++;
            }
        }
        total.Trigger(sum);
    }
}

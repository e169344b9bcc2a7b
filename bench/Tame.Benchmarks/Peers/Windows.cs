using System.Threading.Channels;

namespace Tame.Benchmarks.Peers;

/// <summary>At most so many operations at a time, and the id of each that is done, in three ways.</summary>
internal sealed class Window(int outstanding)
{
    private readonly ContextPump _pump = new();
    private long _sum;

    public void RunSemaphore(int operations) => Run(operations, () => Semaphore(operations));

    public void RunWhenEach(int operations) => Run(operations, () => WhenEach(operations));

    public void RunChannel(int operations) => Run(operations, () => Channel(operations));

    private void Run(int operations, Func<Task> start)
    {
        _sum = 0;
        _pump.Run(start);
        if (_sum != (long)operations * (operations - 1) / 2) throw new InvalidOperationException($"The sum of the ids is {_sum}.");
    }

    /// <summary>The usual way: a semaphore counts the operations in progress, and each operation releases it.</summary>
    private async Task Semaphore(int operations)
    {
        using var window = new SemaphoreSlim(outstanding);
        for (var id = 0; id < operations; id++)
        {
            await window.WaitAsync();
            _ = Release(id, window);
        }

        for (var i = 0; i < outstanding; i++) await window.WaitAsync();
    }

    private async Task Release(int id, SemaphoreSlim window)
    {
        await _pump.Next();
        _sum += id;
        window.Release();
    }

    /// <summary>A window of tasks in the order in which they complete; the next window follows when one is done.</summary>
    private async Task WhenEach(int operations)
    {
        for (var id = 0; id < operations;)
        {
            var tasks = new Task<int>[Math.Min(outstanding, operations - id)];
            for (var i = 0; i < tasks.Length; i++) tasks[i] = Answer(id++);
            await foreach (var task in Task.WhenEach(tasks)) _sum += task.Result;
        }
    }

    private async Task<int> Answer(int id)
    {
        await _pump.Next();
        return id;
    }

    /// <summary>The nearest to a rendezvous: each operation writes its id to a channel, which is read one id at a time.</summary>
    private async Task Channel(int operations)
    {
        var done = System.Threading.Channels.Channel.CreateBounded<int>(
            new BoundedChannelOptions(outstanding) { AllowSynchronousContinuations = true, SingleReader = true, SingleWriter = true });
        int sent = 0, received = 0;
        while (received < operations)
        {
            if (sent < operations && sent - received < outstanding)
            {
                _ = Write(sent++, done.Writer);
                continue;
            }

            var id = await done.Reader.ReadAsync();
            _sum += id;
            received++;
        }
    }

    private async Task Write(int id, ChannelWriter<int> done)
    {
        await _pump.Next();
        if (!done.TryWrite(id)) throw new InvalidOperationException("The channel holds more than the window.");
    }
}

using System.Collections.Concurrent;

namespace Tame.Benchmarks.Peers;

/// <summary>A thread that completes what it is handed: the same for both sides.</summary>
internal sealed class Courier<T> : IDisposable
{
    private readonly ConcurrentQueue<T> _queue = new();
    private readonly Thread _thread;
    private volatile bool _stopping;

    public Courier(Action<T> complete)
    {
        _thread = new Thread(() => Work(complete)) { IsBackground = true, Name = "courier" };
        _thread.Start();
    }

    public void Hand(T item) => _queue.Enqueue(item);

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
    }

    private void Work(Action<T> complete)
    {
        var spin = new SpinWait();
        while (!_stopping)
        {
            if (!_queue.TryDequeue(out var item))
            {
                spin.SpinOnce(sleep1Threshold: -1);
                continue;
            }

            spin.Reset();
            complete(item);
        }
    }
}

/// <summary>A number of async methods, each of which waits in a loop for another thread. Their continuations run on the thread pool.</summary>
internal sealed class Foreign(int outstanding)
{
    public void Run(int operations)
    {
        using var courier = new Courier<TaskCompletionSource>(source => source.SetResult());
        var all = new Task[outstanding];
        for (var i = 0; i < outstanding; i++) all[i] = One(operations / outstanding, courier);
        Task.WaitAll(all);
    }

    private static async Task One(int times, Courier<TaskCompletionSource> courier)
    {
        for (var i = 0; i < times; i++)
        {
            // Without the flag, the continuation would run on the courier's thread.
            var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            courier.Hand(next);
            await next.Task;
        }
    }
}

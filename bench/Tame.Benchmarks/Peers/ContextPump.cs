using System.Collections.Concurrent;
using System.Diagnostics;

namespace Tame.Benchmarks.Peers;

/// <summary>The pump for code whose parts complete each other "asynchronously": as a context it brings these continuations to its one thread.</summary>
/// <remarks>
/// SemaphoreSlim's continuations would run on the thread pool otherwise. WhenEach goes there in any case, and comes back through the second
/// queue, the only one that costs more than a plain one. An await of the pump itself still continues inside SetResult.
/// </remarks>
internal sealed class ContextPump : SynchronizationContext
{
    private static readonly TimeSpan s_tooLong = TimeSpan.FromSeconds(10);
    private readonly Queue<(TaskCompletionSource? Next, SendOrPostCallback? Call, object? State)> _queue = new();
    private readonly ConcurrentQueue<(SendOrPostCallback Call, object? State)> _fromOthers = new();
    private int _thread;

    public Task Next()
    {
        var next = new TaskCompletionSource();
        _queue.Enqueue((next, null, null));
        return next.Task;
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId == _thread) _queue.Enqueue((null, d, state));
        else _fromOthers.Enqueue((d, state));
    }

    /// <summary>Starts the work with this context and runs until it is done.</summary>
    public void Run(Func<Task> start)
    {
        var before = Current;
        SetSynchronizationContext(this);
        _thread = Environment.CurrentManagedThreadId;
        try
        {
            var all = start();
            while (!all.IsCompleted)
            {
                RunQueued();
                if (all.IsCompleted) break;
                AwaitPosted();
                RunPosted();
            }

            all.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private void RunQueued()
    {
        while (_queue.TryDequeue(out var item))
        {
            if (item.Next is { } next) next.SetResult();
            else item.Call!(item.State);
        }
    }

    private void RunPosted()
    {
        while (_fromOthers.TryDequeue(out var item)) item.Call(item.State);
    }

    private void AwaitPosted()
    {
        var spin = new SpinWait();
        for (var clock = Stopwatch.StartNew(); _fromOthers.IsEmpty; spin.SpinOnce(sleep1Threshold: -1))
        {
            if (clock.Elapsed > s_tooLong) throw new InvalidOperationException("Nothing is queued, and the work is not done.");
        }
    }
}

namespace Tame.Benchmarks.Peers;

/// <summary>What an event loop is to async code: one thread, and a queue of completions that it makes one after the other.</summary>
/// <remarks>The continuation runs inside SetResult, on the same thread: the cheapest way there is to resume an async method.</remarks>
internal sealed class Pump
{
    private readonly Queue<TaskCompletionSource> _queue = new();

    /// <summary>A task that completes when the queue has come to it.</summary>
    public Task Next()
    {
        var next = new TaskCompletionSource();
        _queue.Enqueue(next);
        return next.Task;
    }

    /// <summary>Runs until nothing is queued.</summary>
    public void Run()
    {
        while (_queue.TryDequeue(out var next)) next.SetResult();
    }

    /// <summary>Runs until nothing is queued; then all of it is done, or the benchmark is wrong.</summary>
    public void Finish(Task all)
    {
        Run();
        if (!all.IsCompleted) throw new InvalidOperationException("Nothing is queued, and the work is not done.");
        all.GetAwaiter().GetResult();
    }
}

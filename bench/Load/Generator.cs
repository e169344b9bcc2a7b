namespace Tame.Load;

/// <summary>Runs a load on loops of its own, each on a thread.</summary>
public static class Generator
{
    /// <summary>Runs the load and waits for its end.</summary>
    /// <param name="options">What to send.</param>
    /// <param name="threads">Loops, each with a thread and its part of the clients.</param>
    /// <param name="progress">Is told of answers so far by each loop, on its thread; null tells no one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are more threads than clients, or none of one of them, or no request.</exception>
    public static LoadResult Run(LoadOptions options, int threads = 1, IProgress<long>? progress = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Clients, threads);
        ArgumentOutOfRangeException.ThrowIfZero(options.Requests.Count);
        var results = new LoadResult[threads];
        var failures = new Exception?[threads];
        var running = Enumerable.Range(0, threads).Select(i => new Thread(() =>
        {
            try
            {
                var clients = (options.Clients * i / threads)..(options.Clients * (i + 1) / threads);
                results[i] = EventLoop.Run<LoadResult>(done => LoadRun.Start(options, clients, progress, done));
            }
            catch (Exception error)
            {
                failures[i] = error;
            }
        })).ToList();
        running.ForEach(thread => thread.Start());
        running.ForEach(thread => thread.Join());
        if (failures.OfType<Exception>().FirstOrDefault() is { } failure)
            throw new InvalidOperationException($"The load ended early: {failure.Message}", failure);
        foreach (var other in results.Skip(1))
            results[0].Add(other);
        return results[0];
    }
}

using System.Threading.RateLimiting;

namespace WebApp;

/// <summary>The same quotes with async. Answers arrive on any thread, so the tally needs a lock.</summary>
public sealed class AsyncQuotes(Upstream upstream, RateLimiter limiter, QuoteOptions options)
{
    public async Task<Quote?> BestAsync(string item, CancellationToken aborted)
    {
        var tally = new Tally(item);
        var window = new ParallelOptions { MaxDegreeOfParallelism = options.Window, CancellationToken = aborted };
        await Parallel.ForEachAsync(upstream.Suppliers, window, async (supplier, token) => await AskAsync(supplier, item, tally, token));
        return tally.ToQuote();
    }

    private async Task AskAsync(string supplier, string item, Tally tally, CancellationToken aborted)
    {
        using var lease = await limiter.AcquireAsync(1, aborted);
        if (!lease.IsAcquired)
        {
            lock (tally)
                tally.Refused++;
            return;
        }
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        inTime.CancelAfter(options.Limit);
        try
        {
            int? price = await HedgeAsync(token => upstream.PriceAsync(supplier, item, token), inTime.Token);
            lock (tally)
                tally.Add(supplier, price);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            lock (tally)
                tally.Late++;
        }
    }

    /// <summary>Starts another try when the newest one takes too long or has failed, and takes the first that succeeds.</summary>
    private async Task<T> HedgeAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken aborted)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var running = new List<Task<T>>();
        int tries = 0;
        try
        {
            while (true)
            {
                if (tries++ < options.Hedging.MaxTries)
                    running.Add(call(over.Token));
                var late = Task.Delay(tries < options.Hedging.MaxTries ? options.Hedging.Delay : Timeout.InfiniteTimeSpan, over.Token);
                if (await Task.WhenAny([late, .. running]) is not Task<T> first)
                    aborted.ThrowIfCancellationRequested();
                else if (first.IsCompletedSuccessfully || tries >= options.Hedging.MaxTries && running.Count == 1)
                    return await first;
                else
                    running.Remove(first);
            }
        }
        finally
        {
            await over.CancelAsync();                                        // the other tries
        }
    }
}

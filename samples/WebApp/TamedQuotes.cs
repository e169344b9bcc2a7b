using System.Threading.RateLimiting;

namespace WebApp;

/// <summary>Quotes by tamed methods. A quote runs on one loop, so its tally needs no lock.</summary>
public sealed partial class TamedQuotes(Upstream upstream, RateLimiter limiter, QuoteOptions options)
{
    #region tamed
    [Tamed] public partial void Best(string item, Event<Quote?> quote);

    private void BestBody(string item, Event<Quote?> quote)
    {
        var tally = new Tally(item);
        var suppliers = upstream.Suppliers;
        int asked = 0, answered = 0;
        using var window = new Rendezvous();                // leaving this method cancels the open calls
        while (answered < suppliers.Count)
        {
            if (asked < suppliers.Count && asked - answered < options.Window)
            {
                Ask(suppliers[asked++], item, tally, mkevent(window).WithCancellation(quote.Token));
            }
            else
            {
                twait(window);
                answered++;
            }
        }
        quote.Trigger(tally.ToQuote());
    }

    [Tamed] private partial void Ask(string supplier, string item, Tally tally, Event done);

    private void AskBody(string supplier, string item, Tally tally, Event done)
    {
        twait(limiter.AcquireAsync(1, done.Token).AsTask(), out RateLimitLease lease);
        using var used = lease;
        if (lease.IsAcquired)
        {
            try
            {
                twait(
                    e => Hedge.Run(answer => answer.Start(token => upstream.PriceAsync(supplier, item, token)), options.Hedging, e.WithTimeout(options.Limit).WithCancellation(done.Token)),
                    out int? price);
                tally.Add(supplier, price);
            }
            catch (TimeoutException)
            {
                tally.Late++;
            }
        }
        else
        {
            tally.Refused++;
        }
        done.Trigger();
    }
    #endregion

    /// <summary>A quote for each item, all at once.</summary>
    [Tamed] public partial void BestOfAll(string[] items, Event<Quote?[]> all);

    private void BestOfAllBody(string[] items, Event<Quote?[]> all)
    {
        var quotes = new Quote?[items.Length];
        using (twait())
            for (int i = 0; i < items.Length; i++)
                Best(items[i], mkevent(out quotes[i]).WithCancellation(all.Token));
        all.Trigger(quotes);
    }
}

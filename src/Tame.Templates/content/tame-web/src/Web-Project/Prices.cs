namespace WebNamespace;

/// <summary>Asks all suppliers at the same time, and gives each a time limit.</summary>
public sealed partial class Prices(Suppliers suppliers)
{
    /// <summary>How long a supplier may take.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(2);

    /// <summary>The lowest price, or null if no supplier answers in time.</summary>
    // A tamed method is a pair. This is the declaration; the generator writes its implementation.
    [Tamed]
    public partial void Best(string item, Event<decimal?> best);

    // This is the body, found by its name. It may wait, and while it waits the loop serves other requests.
    private void BestBody(string item, Event<decimal?> best)
    {
        var prices = new decimal?[suppliers.Names.Count];

        // The block waits until all events made in it have triggered. So it asks all suppliers at the same time.
        using (twait())
        {
            for (int i = 0; i < prices.Length; i++)
                Ask(suppliers.Names[i], item, mkevent(out prices[i]));
        }

        // A tamed method returns by triggering the caller's event.
        best.Trigger(prices.Min());
    }

    [Tamed]
    private partial void Ask(string supplier, string item, Event<decimal?> price);

    private void AskBody(string supplier, string item, Event<decimal?> price)
    {
        decimal? found = null;
        try
        {
            // Start runs a task for the event, with a token that is cancelled when the limit has passed.
            twait(e => e.WithTimeout(Limit).Start(token => suppliers.PriceAsync(supplier, item, token)), out decimal answer);
            found = answer;
        }
        catch (TimeoutException)
        {
            // This supplier is too slow. The prices of the others count.
        }

        price.Trigger(found);
    }
}

namespace WebApp;

/// <summary>The best price of an item.</summary>
/// <param name="Item">The item.</param>
/// <param name="Price">The lowest price.</param>
/// <param name="Supplier">The supplier with this price; the first by name if there are several.</param>
/// <param name="Late">The number of suppliers that did not answer in time.</param>
/// <param name="Refused">The number of suppliers that were not asked because the rate limit was used up.</param>
public sealed record Quote(string Item, int Price, string Supplier, int Late, int Refused);

/// <summary>The options for asking suppliers.</summary>
public sealed record QuoteOptions
{
    /// <summary>The number of suppliers that a quote asks at once.</summary>
    public int Window { get; init; } = 3;

    /// <summary>How long a supplier may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>When a supplier is asked again, and how often.</summary>
    public HedgeOptions Hedging { get; init; } = new() { Delay = TimeSpan.FromMilliseconds(100), MaxTries = 3 };
}

/// <summary>The answers for one quote, as they arrive.</summary>
internal sealed class Tally(string item)
{
    private (int Price, string Supplier)? _best;

    public int Late { get; set; }

    public int Refused { get; set; }

    public void Add(string supplier, int? price)
    {
        if (price is { } asked && (_best is not { } best || (asked, supplier).CompareTo(best) < 0))
            _best = (asked, supplier);
    }

    public Quote? ToQuote() => _best is { } best ? new Quote(item, best.Price, best.Supplier, Late, Refused) : null;
}

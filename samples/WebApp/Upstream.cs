using System.Collections.Concurrent;

namespace WebApp;

/// <summary>The suppliers, in memory. One never answers the first request for each question. For gold, another never answers at all.</summary>
public sealed class Upstream
{
    private readonly ConcurrentDictionary<(string Supplier, string Item), int> _asked = [];
    private int _running;
    private int _mostRunning;
    private int _cancelled;

    public IReadOnlyList<string> Suppliers { get; } = ["Bergen", "Cuzco", "Dakar", "Lima", "Moody", "Oslo", "Porto", "Rome"];

    /// <summary>The number of calls in progress.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>The largest number of calls in progress at once.</summary>
    public int MostRunning => Volatile.Read(ref _mostRunning);

    /// <summary>The number of calls in all.</summary>
    public int Asked => _asked.Values.Sum();

    /// <summary>The number of cancelled calls.</summary>
    public int Cancelled => Volatile.Read(ref _cancelled);

    /// <summary>Asks a supplier for a price; null if it does not have the item.</summary>
    public async Task<int?> PriceAsync(string supplier, string item, CancellationToken cancellationToken)
    {
        int running = Interlocked.Increment(ref _running);
        InterlockedMax(ref _mostRunning, running);
        try
        {
            int times = _asked.AddOrUpdate((supplier, item), 1, static (_, count) => count + 1);
            bool isSilent = supplier == "Moody" && times % 2 == 1 || supplier == "Oslo" && item == "gold";
            await Task.Delay(isSilent ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(2), cancellationToken);
            return item == "nothing" ? null : Price(supplier, item);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _cancelled);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>The price of an item at a supplier.</summary>
    public static int Price(string supplier, string item) => 10 + (supplier[0] * 7 + item.Length * item[^1]) % 90;

    private static void InterlockedMax(ref int place, int value)
    {
        for (int seen = Volatile.Read(ref place); value > seen;)
        {
            int before = Interlocked.CompareExchange(ref place, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}

namespace WebNamespace;

/// <summary>The services that this one asks. Put your HTTP clients here. Their methods return ordinary tasks.</summary>
public class Suppliers
{
    public virtual IReadOnlyList<string> Names { get; } = ["near", "far away"];

    /// <summary>Pretends to ask a supplier, which takes a while.</summary>
    public virtual async Task<decimal> PriceAsync(string supplier, string item, CancellationToken token)
    {
        await Task.Delay(10 * supplier.Length, token);
        return item.Length + supplier.Length / 10m;
    }
}

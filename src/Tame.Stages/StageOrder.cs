namespace Tame.Stages;

/// <summary>The keys by which a stage keeps order. <see cref="StageOrder.By"/> creates one.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public abstract class StageOrder<T>
{
    private protected StageOrder()
    {
    }

    internal abstract KeyTable<T> NewTable();
}

/// <summary>Creates the order of a stage.</summary>
public static class StageOrder
{
    /// <summary>Creates an order by key: <c>OrderBy = StageOrder.By((Request request) => request.Account)</c>.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <param name="key">Returns the key of an item. It runs on the thread that offers the item, outside any lock. That thread gets its exceptions.</param>
    /// <param name="comparer">Compares keys; null for their default equality.</param>
    /// <returns>The order; several stages may use it.</returns>
    /// <exception cref="ArgumentNullException">The function is null.</exception>
    public static StageOrder<T> By<T, TKey>(Func<T, TKey> key, IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(key);
        return new KeyOrder<T, TKey>(key, comparer);
    }

    private sealed class KeyOrder<T, TKey>(Func<T, TKey> key, IEqualityComparer<TKey>? comparer) : StageOrder<T>
        where TKey : notnull
    {
        internal override KeyTable<T> NewTable() => new KeyTable<T, TKey>(key, comparer);
    }
}

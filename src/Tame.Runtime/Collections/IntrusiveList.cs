namespace Tame;

/// <summary>The neighbors of an item in the one <see cref="IntrusiveList{T, TLinks}"/> that it stands in.</summary>
internal struct Links<T>
    where T : class
{
    public T? Previous;
    public T? Next;
}

/// <summary>Where an item keeps its <see cref="Links{T}"/>.</summary>
internal interface ILinks<T>
    where T : class
{
    static abstract ref Links<T> Of(T item);
}

/// <summary>A list whose links lie in its items, so that it allocates nothing and an item leaves in constant time. An item stands in one such list at a time.</summary>
/// <typeparam name="T">The items.</typeparam>
/// <typeparam name="TLinks">Where an item keeps its links.</typeparam>
internal struct IntrusiveList<T, TLinks>
    where T : class
    where TLinks : struct, ILinks<T>
{
    public T? First { get; private set; }

    public T? Last { get; private set; }

    /// <summary>The item behind one of a list; null where that is the last.</summary>
    public static T? After(T item) => TLinks.Of(item).Next;

    public void AddFirst(T item)
    {
        TLinks.Of(item).Next = First;
        if (First is { } first)
            TLinks.Of(first).Previous = item;
        else
            Last = item;
        First = item;
    }

    public void AddLast(T item)
    {
        TLinks.Of(item).Previous = Last;
        if (Last is { } last)
            TLinks.Of(last).Next = item;
        else
            First = item;
        Last = item;
    }

    /// <summary>Takes out an item, which must be in this list.</summary>
    public void Remove(T item)
    {
        ref var links = ref TLinks.Of(item);
        if (links.Previous is { } previous)
            TLinks.Of(previous).Next = links.Next;
        else
            First = links.Next;
        if (links.Next is { } next)
            TLinks.Of(next).Previous = links.Previous;
        else
            Last = links.Previous;
        links = default;
    }
}

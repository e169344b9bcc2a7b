namespace Tame;

/// <summary>The neighbors of an item in the one <see cref="IntrusiveList{T, TLinks}"/> that contains it.</summary>
internal struct Links<T>
    where T : class
{
    public T? Previous;
    public T? Next;
}

/// <summary>Gives access to the <see cref="Links{T}"/> of an item.</summary>
internal interface ILinks<T>
    where T : class
{
    static abstract ref Links<T> Of(T item);
}

/// <summary>
/// A list whose links are in its items, so that it allocates nothing and removes an item in constant time. An item is in one such list at a time.
/// </summary>
/// <typeparam name="T">The items.</typeparam>
/// <typeparam name="TLinks">Where an item keeps its links.</typeparam>
internal struct IntrusiveList<T, TLinks>
    where T : class
    where TLinks : struct, ILinks<T>
{
    public T? First { get; private set; }

    public T? Last { get; private set; }

    /// <summary>The item after the given one, or null if that is the last.</summary>
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

    /// <summary>Removes an item, which must be in this list.</summary>
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

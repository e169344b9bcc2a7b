using System.Runtime.CompilerServices;

namespace Tame.Stages;

/// <summary>An item in a stage, with the data that is kept until it is done.</summary>
internal struct Entry<T>(T item, Event done)
{
    public T Item = item;

    /// <summary>The event to complete when the item is done; empty if nothing waits for it.</summary>
    public Event Done = done;

    /// <summary>The items of the same key; null without an order.</summary>
    public KeyLine<T>? Line;

    /// <summary>When it was offered, in nanoseconds of the stage's clock. Only set if the entry is timed.</summary>
    public long Arrived;

    /// <summary>When its handler was called.</summary>
    public long Began;

    /// <summary>The number of items that this one represents; zero if it is not timed.</summary>
    public int Weight;

    /// <summary>The handler has completed or failed the item before the others of its batch.</summary>
    public bool IsTold;

    /// <summary>The class of the request.</summary>
    public int Class;

    /// <summary>Whether the entry consists of only the item. The class only matters to a stage that times each item.</summary>
    public readonly bool IsBare
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Weight == 0 && Done.Lifeline is null && Line is null;
    }
}

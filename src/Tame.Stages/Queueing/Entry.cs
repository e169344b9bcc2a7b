namespace Tame.Stages;

/// <summary>An item in a stage, with what is kept of it until it is done.</summary>
internal struct Entry<T>(T item, Event done)
{
    public T Item = item;

    /// <summary>Who wants to know that the item is done; empty where nothing waits for it.</summary>
    public Event Done = done;

    /// <summary>The items of the same key; null without an order.</summary>
    public KeyLine<T>? Line;

    /// <summary>When it was offered, in nanoseconds of the stage's clock. Only where the entry is timed.</summary>
    public long Arrived;

    /// <summary>When its handler was called.</summary>
    public long Began;

    /// <summary>For how many items this one is timed; zero where it is not.</summary>
    public int Weight;

    /// <summary>The handler has completed or failed the item ahead of the others of its batch.</summary>
    public bool IsTold;

    /// <summary>The class of the request.</summary>
    public int Class;
}

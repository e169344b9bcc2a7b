namespace Tame.Stages;

/// <summary>How the handler of one stage hands items to the next.</summary>
public readonly record struct StageLink
{
    private StageLink(int? atMost, bool tries) => (AtMost, IsTrying) = (atMost, tries);

    /// <summary>The handler waits while the queue is full: it calls Enqueue. The default.</summary>
    public static StageLink Waits => default;

    /// <summary>The handler never waits: it calls TryEnqueue, and answers a refusal.</summary>
    public static StageLink Tries => new(null, tries: true);

    /// <summary>How many items of this link can be in the next stage at once; null if the program has no such bound.</summary>
    public int? AtMost { get; }

    /// <summary>The handler never waits while the queue of the next stage is full.</summary>
    public bool IsTrying { get; }

    /// <summary>The handler may wait while the queue of the next stage is full.</summary>
    internal bool MayWait => AtMost is null && !IsTrying;

    /// <summary>The program guarantees a largest number of items of this link in the next stage at once, so that its queue always has space for them.</summary>
    /// <param name="items">The largest number of items; at least one, and at most the capacity of the next stage.</param>
    /// <returns>The link.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public static StageLink Bounded(int items)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(items, 1);
        return new StageLink(items, tries: false);
    }
}

/// <summary>A connection of a graph.</summary>
/// <param name="From">The stage whose handler sends.</param>
/// <param name="To">The stage that receives.</param>
/// <param name="Link">How the handler sends.</param>
public readonly record struct StageConnection(Stage From, Stage To, StageLink Link);

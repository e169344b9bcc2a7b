namespace Tame.Stages;

/// <summary>How the handler of one stage hands items to the next.</summary>
public readonly record struct StageLink
{
    private StageLink(int? atMost, bool tries) => (AtMost, IsTrying) = (atMost, tries);

    /// <summary>The handler waits for room: it calls Enqueue. The default.</summary>
    public static StageLink Waits => default;

    /// <summary>The handler never waits: it calls TryEnqueue, and answers a refusal.</summary>
    public static StageLink Tries => new(null, tries: true);

    /// <summary>How many items of this link can be in the next stage at once; null if the program has no such bound.</summary>
    public int? AtMost { get; }

    /// <summary>The handler never waits for room.</summary>
    public bool IsTrying { get; }

    /// <summary>The handler may wait for room while the next stage is full.</summary>
    internal bool MayWait => AtMost is null && !IsTrying;

    /// <summary>The program guarantees that no more items of this link are in the next stage at once, so that there is always room for them.</summary>
    /// <param name="items">How many; at least one, and no more than the capacity of the next stage.</param>
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
/// <param name="Link">How.</param>
public readonly record struct StageConnection(Stage From, Stage To, StageLink Link);

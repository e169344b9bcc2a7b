namespace Tame.Stages;

/// <summary>Offers to several stages at once.</summary>
public abstract partial class Stage
{
    /// <summary>Offers items to several stages: either all stages get their items, or none does.</summary>
    /// <param name="offers">The items with their stages. A stage may occur more than once.</param>
    /// <returns><see cref="EnqueueOutcome.Accepted"/>, or the outcome of the first stage that refused.</returns>
    /// <remarks>
    /// No other code sees a state in which only some of the items are enqueued. The handlers begin in turns of their loops, not on this stack. A token from an admission controller
    /// is used up even if another stage refuses. The call allocates an object for each offer.
    /// </remarks>
    public static EnqueueOutcome TryEnqueueAll(params ReadOnlySpan<StageOffer> offers) => TryEnqueueAll(out _, offers);

    /// <summary>Offers items to several stages: either all stages get their items, or none does.</summary>
    /// <param name="refusedBy">The stage that refused, or null if all items are accepted.</param>
    /// <param name="offers">The items with their stages. A stage may occur more than once.</param>
    /// <inheritdoc cref="TryEnqueueAll(ReadOnlySpan{StageOffer})" path="/*[not(self::param)]"/>
    public static EnqueueOutcome TryEnqueueAll(out Stage? refusedBy, params ReadOnlySpan<StageOffer> offers)
    {
        int prepared = 0;
        try
        {
            for (; prepared < offers.Length; prepared++)
            {
                if (offers[prepared].Prepare() is var refusal and not EnqueueOutcome.Accepted)
                    return Refuse(offers[prepared], refusal, isCounted: true, out refusedBy);
            }
            if (PutAll(offers, out var refused) is var outcome and not EnqueueOutcome.Accepted)
                return Refuse(refused!, outcome, isCounted: false, out refusedBy);
            prepared = 0;
        }
        finally
        {
            foreach (var offer in offers[..prepared])
                offer.Undo();
        }
        foreach (var offer in offers)
            offer.Wake();
        refusedBy = null;
        return EnqueueOutcome.Accepted;
    }

    private static EnqueueOutcome Refuse(StageOffer offer, EnqueueOutcome outcome, bool isCounted, out Stage? refusedBy)
    {
        if (!isCounted)
            offer.Refused(outcome);
        refusedBy = offer.Stage;
        return outcome;
    }

    /// <summary>Takes the locks of all stages in the order of their numbers, so that two such calls cannot deadlock.</summary>
    private static EnqueueOutcome PutAll(ReadOnlySpan<StageOffer> offers, out StageOffer? refused)
    {
        var stages = offers.ToArray().Select(offer => offer.Stage).Distinct().OrderBy(stage => stage.Number).ToArray();
        int held = 0;
        try
        {
            for (; held < stages.Length; held++)
                stages[held].Gate.Enter();
            var counts = stages.ToDictionary(stage => stage, _ => 0);
            foreach (var offer in offers)
            {
                refused = offer;
                if (offer.Check(counts[offer.Stage]++) is var outcome and not EnqueueOutcome.Accepted)
                    return outcome;
            }
            foreach (var offer in offers)
                offer.Put();
            refused = null;
            return EnqueueOutcome.Accepted;
        }
        finally
        {
            while (held > 0)
                stages[--held].Gate.Exit();
        }
    }
}

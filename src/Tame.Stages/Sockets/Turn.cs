namespace Tame.Stages;

/// <summary>What a stage does in its turns. On the loop's thread; nothing here throws.</summary>
internal interface ITurn<in TReady, in TRequest>
{
    /// <summary>A request can be served now.</summary>
    bool MayBegin { get; }

    void Serve(TRequest request);

    void ServeReady(TReady ready);

    /// <summary>A turn is over.</summary>
    void Ended();
}

/// <summary>The limits of a turn and of the two queues.</summary>
/// <param name="Capacity">The largest number of requests that wait.</param>
/// <param name="Places">The largest number of items ready at once.</param>
/// <param name="Timeout">How long a turn serves each of the two.</param>
/// <param name="TimeProvider">The clock of turns; null for the loop's.</param>
internal sealed record TurnOptions(int Capacity, int Places, TimeSpan Timeout, TimeProvider? TimeProvider);

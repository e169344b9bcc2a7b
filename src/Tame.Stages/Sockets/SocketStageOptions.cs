namespace Tame.Stages;

/// <summary>The limits of a <see cref="SocketStage"/>.</summary>
public sealed record SocketStageOptions
{
    /// <summary>The largest number of requests that wait; 1,024 by default. A further one is refused with <see cref="EnqueueOutcome.Full"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int Capacity
    {
        get;
        init => field = TurnLimits.AtLeastOne(value, nameof(Capacity));
    } = 1024;

    /// <summary>
    /// The largest number of connections and listeners; 4,096 by default. Each has its place in the ready queue. At the limit the stage accepts no connection, and refuses requests for one that it
    /// does not have yet.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int MaxConnections
    {
        get;
        init => field = TurnLimits.AtLeastOne(value, nameof(MaxConnections));
    } = 4096;

    /// <summary>How long a turn serves requests, and how long it then serves the ready queue; one millisecond by default. A turn serves at least one of each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan TurnTimeout
    {
        get;
        init => field = TurnLimits.NotNegative(value, nameof(TurnTimeout));
    } = TurnLimits.Timeout;

    /// <summary>The largest number of bytes in a packet; 16,384 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int PacketSize
    {
        get;
        init => field = TurnLimits.AtLeastOne(value, nameof(PacketSize));
    } = 16384;

    /// <summary>The largest number of accepted and unsent bytes of a connection; 262,144 by default. A further write is refused with <see cref="EnqueueOutcome.Full"/>, unless all is sent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int MaxUnsent
    {
        get;
        init => field = TurnLimits.AtLeastOne(value, nameof(MaxUnsent));
    } = 262144;

    /// <summary>The clock of <see cref="TurnTimeout"/>. Null for the clock of the loop.</summary>
    public TimeProvider? TimeProvider { get; init; }
}

namespace Tame.Stages;

/// <summary>The limits of a <see cref="FileStage"/>.</summary>
public sealed record FileStageOptions
{
    /// <summary>The largest number of requests that wait; 1,024 by default. A further one is refused with <see cref="EnqueueOutcome.Full"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int Capacity
    {
        get;
        init => field = TurnLimits.AtLeastOne(value, nameof(Capacity));
    } = 1024;

    /// <summary>The largest number of requests in progress at once; 32 by default. A request whose result waits for a full sink counts too, so it delays the others.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int MaxConcurrency
    {
        get;
        init => field = TurnLimits.AtLeastOne(value, nameof(MaxConcurrency));
    } = 32;

    /// <summary>How long a turn serves requests, and how long it then serves completed ones; one millisecond by default. A turn serves at least one of each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan TurnTimeout
    {
        get;
        init => field = TurnLimits.NotNegative(value, nameof(TurnTimeout));
    } = TurnLimits.Timeout;

    /// <summary>The largest number of bytes that a read may ask for; 65,536 by default. Buffers of this size are pooled.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int MaxRead
    {
        get;
        init => field = TurnLimits.AtLeastOne(value, nameof(MaxRead));
    } = 65536;

    /// <summary>The files that paths refer to. Null for the files of the loop's network.</summary>
    public FileSystem? Files { get; init; }

    /// <summary>The clock of <see cref="TurnTimeout"/>. Null for the clock of the loop.</summary>
    public TimeProvider? TimeProvider { get; init; }
}

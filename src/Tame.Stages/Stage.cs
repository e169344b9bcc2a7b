namespace Tame.Stages;

/// <summary>
/// A bounded queue in front of a handler. Other code offers items to it. It accepts or refuses an item at once; the caller keeps a refused item.
/// </summary>
/// <remarks>All members are thread-safe. <see cref="Stage{T}"/> describes how items enter.</remarks>
public abstract partial class Stage
{
    private static int s_made;

    private protected Stage(string name, int capacity)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, Capacity) = (name, capacity);
        Number = Interlocked.Increment(ref s_made);
    }

    /// <summary>The name that metrics and messages show.</summary>
    public string Name { get; }

    /// <summary>The largest number of items that the queue holds.</summary>
    public int Capacity { get; }

    /// <summary>The number of items in the queue now, without those that are being handled.</summary>
    public abstract int Length { get; }

    /// <summary>The number of calls of the handler that are running.</summary>
    public abstract int Running { get; }

    /// <summary>The largest number of calls of the handler at the same time. For a stage on threads, the number of its threads.</summary>
    public abstract int Concurrency { get; }

    /// <summary>The largest batch that the handler gets; one if it handles single items.</summary>
    public abstract int BatchSize { get; }

    /// <summary>The number of offers that wait for space in the queue.</summary>
    public abstract int Waiting { get; }

    /// <summary>What the stage has done, and what it holds now. Reading it allocates memory, and does not disturb the stage.</summary>
    public abstract StageStatistics Statistics { get; }

    /// <summary>True once a stop has begun: the stage accepts nothing.</summary>
    public abstract bool IsStopping { get; }

    /// <summary>The position of the stage among all stages of the program, in the order of creation. Several stages are locked in this order.</summary>
    internal int Number { get; }

    /// <summary>Stops the stage.</summary>
    internal abstract Task StopTask(TimeSpan deadline);

    /// <summary>Guards the queue.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>The clock that the stage uses.</summary>
    internal abstract TimeProvider Time { get; }

    /// <summary>The name, as an attribute of measurements.</summary>
    internal KeyValuePair<string, object?> NameTag => new(StageMeters.StageName, Name);

    /// <summary>Starts a stage that was created with <see cref="StageOptions{T}.IsPaused"/>. It does nothing for other stages.</summary>
    public abstract void Start();

    /// <summary>Stops the stage, and triggers an event when it has stopped.</summary>
    /// <param name="deadline">How long the stage may continue with the items it has accepted. See <see cref="Stage{T}.Stop(TimeSpan, Event{IReadOnlyList{T}})"/>.</param>
    /// <param name="stopped">The event. The items that are left are in <see cref="Stage{T}.Left"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public abstract void Stop(TimeSpan deadline, Event stopped);

    /// <summary>Says when another offer may succeed after <see cref="EnqueueOutcome.Overloaded"/>.</summary>
    /// <param name="requestClass">The class of the request.</param>
    /// <returns>The time from now; zero if the stage has no admission controller.</returns>
    public abstract TimeSpan RetryAfter(int requestClass = 0);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

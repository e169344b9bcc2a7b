namespace Tame.Stages;

/// <summary>
/// A bounded queue in front of a handler. Other code only offers it items; what it refuses, it says at once, and the item stays with who offered it.
/// </summary>
/// <remarks>All members may be used from any thread. <see cref="Stage{T}"/> says how items enter.</remarks>
public abstract partial class Stage
{
    private static int s_made;

    private protected Stage(string name, int capacity)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, Capacity) = (name, capacity);
        Number = Interlocked.Increment(ref s_made);
    }

    /// <summary>The name, as metrics and messages show it.</summary>
    public string Name { get; }

    /// <summary>How many items the queue holds at most.</summary>
    public int Capacity { get; }

    /// <summary>How many items are in the queue now. Those that are being handled do not count.</summary>
    public abstract int Length { get; }

    /// <summary>How many calls of the handler are under way.</summary>
    public abstract int Running { get; }

    /// <summary>How many calls of the handler may be under way at once: the threads of a stage on threads.</summary>
    public abstract int Concurrency { get; }

    /// <summary>The largest batch that the handler gets; one where it handles single items.</summary>
    public abstract int BatchSize { get; }

    /// <summary>How many offers wait for room.</summary>
    public abstract int Waiting { get; }

    /// <summary>What the stage has done, and what it holds now. It allocates, and disturbs the stage not at all.</summary>
    public abstract StageStatistics Statistics { get; }

    /// <summary>True once a stop has begun: the stage accepts nothing.</summary>
    public abstract bool IsStopping { get; }

    /// <summary>The same for all stages of a program, in the order of making: the order in which several of them are locked.</summary>
    internal int Number { get; }

    /// <summary>Stops the stage.</summary>
    internal abstract Task StopTask(TimeSpan deadline);

    /// <summary>Guards the queue.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>The clock that the stage keeps time by.</summary>
    internal abstract TimeProvider Time { get; }

    /// <summary>The name as an attribute of measurements.</summary>
    internal KeyValuePair<string, object?> NameTag => new(StageMeters.StageName, Name);

    /// <summary>Starts a stage that was made with <see cref="StageOptions{T}.IsPaused"/>. For any other it does nothing.</summary>
    public abstract void Start();

    /// <summary>Stops the stage, and triggers an event when it has stopped.</summary>
    /// <param name="deadline">How long the stage may go on with what it has accepted. See <see cref="Stage{T}.Stop(TimeSpan, Event{IReadOnlyList{T}})"/>.</param>
    /// <param name="stopped">The event. What is left is in <see cref="Stage{T}.Left"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public abstract void Stop(TimeSpan deadline, Event stopped);

    /// <summary>When another offer may succeed that <see cref="EnqueueOutcome.Overloaded"/> refused.</summary>
    /// <param name="requestClass">The class of the request.</param>
    /// <returns>The time from now on; zero where the stage has no admission controller.</returns>
    public abstract TimeSpan RetryAfter(int requestClass = 0);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

namespace Tame.Stages;

/// <summary>What a stage did since its controller was asked last. Times are by the clock of the stage, virtual time included.</summary>
public readonly record struct StageSample
{
    /// <summary>The time since the stage started.</summary>
    public TimeSpan Now { get; init; }

    /// <summary>The time since the last sample.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How many items are in the queue.</summary>
    public int QueueLength { get; init; }

    /// <summary>How many items the queue holds at most.</summary>
    public int Capacity { get; init; }

    /// <summary>The threads of the stage's pool; for a stage on loops, the calls that may run at once.</summary>
    public int Threads { get; init; }

    /// <summary>How many of <see cref="Threads"/> are idle.</summary>
    public int IdleThreads { get; init; }

    /// <summary>How long the thread that has been idle longest is idle.</summary>
    public TimeSpan LongestIdle { get; init; }

    /// <summary>The largest batch that a handler gets.</summary>
    public int BatchSize { get; init; }

    /// <summary>Items that were accepted in this sample.</summary>
    public long Arrivals { get; init; }

    /// <summary>Items whose handler ended in this sample.</summary>
    public long Completed { get; init; }

    /// <summary>Items that were refused in this sample.</summary>
    public long Refused { get; init; }
}

/// <summary>Decides how many threads a stage has. The stage calls it one call at a time, so it needs no lock.</summary>
public interface IThreadPoolController
{
    /// <summary>How often it is asked.</summary>
    TimeSpan Period { get; }

    /// <summary>Says how many threads the stage has from now on.</summary>
    /// <param name="sample">What the stage did since the last call.</param>
    /// <returns>The number of threads.</returns>
    int Threads(in StageSample sample);
}

/// <summary>Decides how large the batches of a stage are. The stage calls it one call at a time, so it needs no lock.</summary>
public interface IBatchController
{
    /// <summary>How often it is asked.</summary>
    TimeSpan Period { get; }

    /// <summary>Says how large a batch may be from now on.</summary>
    /// <param name="sample">What the stage did since the last call.</param>
    /// <returns>The largest batch.</returns>
    int BatchSize(in StageSample sample);
}

/// <summary>Decides which requests a stage takes. The stage calls it one call at a time, so it needs no lock.</summary>
public interface IAdmissionController
{
    /// <summary>Takes a token for a request, or refuses it.</summary>
    /// <param name="requestClass">The class of the request.</param>
    /// <param name="now">The time since the stage started.</param>
    /// <returns>False to refuse the request.</returns>
    bool TryAdmit(int requestClass, TimeSpan now);

    /// <summary>An admitted request is done.</summary>
    /// <param name="requestClass">The class of the request.</param>
    /// <param name="responseTime">The time from its arrival in the queue to the end of its handler.</param>
    /// <param name="now">The time since the stage started.</param>
    void Observe(int requestClass, TimeSpan responseTime, TimeSpan now);

    /// <summary>Says when another attempt may succeed.</summary>
    /// <param name="requestClass">The class of the request.</param>
    /// <param name="now">The time since the stage started.</param>
    /// <returns>The time from now on.</returns>
    TimeSpan RetryAfter(int requestClass, TimeSpan now);
}

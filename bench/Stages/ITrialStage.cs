namespace Tame.Stages.Responses;

/// <summary>How the stage of a trial works, and what controls it.</summary>
internal sealed record TrialOptions
{
    /// <summary>How long it takes to handle so many items that are taken at a time.</summary>
    public required Func<TimeSpan, int, TimeSpan> Work { get; init; }

    public int Capacity { get; init; } = 1_000_000;

    /// <summary>How many are handled at once; with a controller, how many at first.</summary>
    public int Threads { get; init; } = 1;

    public int BatchSize { get; init; } = 1;

    public IThreadPoolController? ThreadPool { get; init; }

    public IBatchController? Batching { get; init; }

    public IAdmissionController? Admission { get; init; }
}

/// <summary>A request that was answered.</summary>
internal readonly record struct Answer(TimeSpan At, TimeSpan Took, int Class, int Client);

/// <summary>The stage of a trial.</summary>
internal interface ITrialStage
{
    List<Answer> Answers { get; }

    int Threads { get; }

    int BatchSize { get; }

    int QueueLength { get; }

    TimeSpan Now { get; }

    /// <summary>False when the request is refused.</summary>
    bool TryEnqueue(int requestClass, int client);
}

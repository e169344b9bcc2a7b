namespace Tame.Stages;

/// <summary>How a stage queues and handles its items.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed record StageOptions<T>
{
    /// <summary>How many items wait in the queue at most; 1,024 by default. Items that are being handled do not count.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int Capacity
    {
        get;
        init => field = AtLeastOne(value, nameof(Capacity));
    } = 1024;

    /// <summary>For a stage on loops: how many calls of the handler are under way at once, on all of its loops together; one by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int MaxConcurrency
    {
        get;
        init => field = AtLeastOne(value, nameof(MaxConcurrency));
    } = 1;

    /// <summary>For a stage on threads: how many it has; one by default. With a <see cref="ThreadPool"/> controller, how many it starts with.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int Threads
    {
        get;
        init => field = AtLeastOne(value, nameof(Threads));
    } = 1;

    /// <summary>For a stage of batches: how many items a batch has at most; 64 by default. With a <see cref="Batching"/> controller, how many at the start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int BatchSize
    {
        get;
        init => field = AtLeastOne(value, nameof(BatchSize));
    } = 64;

    /// <summary>For a stage on loops: where handlers run. Null for the loop of the thread that makes the stage.</summary>
    public IReadOnlyList<EventLoop>? Loops { get; init; }

    /// <summary>Keeps order for each key: items of one key are handled one after the other, in the order in which they were accepted. Null for no such order.</summary>
    public StageOrder<T>? OrderBy { get; init; }

    /// <summary>The class of a request, for the <see cref="Admission"/> controller. Null where all items are of class zero. It runs on the thread that offers the item; what it throws, the offer throws.</summary>
    public Func<T, int>? RequestClass { get; init; }

    /// <summary>For a stage on threads: decides how many it has.</summary>
    public IThreadPoolController? ThreadPool { get; init; }

    /// <summary>For a stage of batches: decides how large they are.</summary>
    public IBatchController? Batching { get; init; }

    /// <summary>Decides which items the stage takes. Null to take all for which there is room.</summary>
    public IAdmissionController? Admission { get; init; }

    /// <summary>True for a stage that only queues until <see cref="Stage.Start"/>, as <see cref="StageGraph.Start"/> does. False by default.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The clock of the stage. Null for that of its first loop, or the system's without one.</summary>
    public TimeProvider? TimeProvider { get; init; }

    private static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }
}

namespace Tame.Stages;

/// <summary>Options that say how a stage queues and handles its items.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed record StageOptions<T>
{
    /// <summary>The largest number of items in the queue; 1,024 by default. Items that are being handled do not count.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int Capacity
    {
        get;
        init => field = AtLeastOne(value, nameof(Capacity));
    } = 1024;

    /// <summary>For a stage on loops: the largest number of calls of the handler at the same time, on all of its loops together; one by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int MaxConcurrency
    {
        get;
        init => field = AtLeastOne(value, nameof(MaxConcurrency));
    } = 1;

    /// <summary>For a stage on threads: the number of threads; one by default. With a <see cref="ThreadPool"/> controller, the number at the start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int Threads
    {
        get;
        init => field = AtLeastOne(value, nameof(Threads));
    } = 1;

    /// <summary>For a stage of batches: the largest number of items in a batch; 64 by default. With a <see cref="Batching"/> controller, the number at the start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public int BatchSize
    {
        get;
        init => field = AtLeastOne(value, nameof(BatchSize));
    } = 64;

    /// <summary>For a stage on loops: the loops on which handlers run. Null for the loop of the thread that creates the stage.</summary>
    public IReadOnlyList<EventLoop>? Loops { get; init; }

    /// <summary>Handles items with the same key one after the other, in the order in which they were accepted. Null for no such order.</summary>
    public StageOrder<T>? OrderBy { get; init; }

    /// <summary>Returns the class of a request, for the <see cref="Admission"/> controller. Null if all items are of class zero. It runs on the thread that offers the item. That thread gets its exceptions.</summary>
    public Func<T, int>? RequestClass { get; init; }

    /// <summary>For a stage on threads: decides the number of threads.</summary>
    public IThreadPoolController? ThreadPool { get; init; }

    /// <summary>For a stage of batches: decides the size of the batches.</summary>
    public IBatchController? Batching { get; init; }

    /// <summary>Decides which items the stage takes. Null to take all items for which the queue has space.</summary>
    public IAdmissionController? Admission { get; init; }

    /// <summary>True for a stage that only queues until <see cref="Stage.Start"/>, as <see cref="StageGraph.Start"/> does. False by default.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The clock of the stage. Null for the clock of its first loop, or the system's clock without a loop.</summary>
    public TimeProvider? TimeProvider { get; init; }

    private static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }
}

namespace Tame;

/// <summary>
/// A limited resource that calls take and give back: buffers, connections to a database, places in a queue. Add it to <see cref="EventLoopOptions.Resources"/>
/// of a loop. Then <see cref="EventLoop.Admission"/> shows when the loop accepts new work, and <see cref="SchedulingPolicy.ResourceAware"/> runs calls that
/// give the resource back before those that take more.
/// </summary>
/// <remarks>
/// A resource belongs to one loop. Any thread may read it, but only the loop's thread may change it. Source: resource-aware scheduling of Capriccio.
/// </remarks>
public class Resource
{
    private EventLoop? _loop;
    private long _used;

    /// <summary>Creates a resource that the program itself counts, with <see cref="Take"/> and <see cref="Give"/>.</summary>
    /// <param name="name">Its name in reports.</param>
    /// <param name="capacity">The total amount, at least one, in a unit of your choice.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not positive.</exception>
    public Resource(string name, long capacity)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        (Name, Capacity) = (name, capacity);
    }

    /// <summary>The name in reports.</summary>
    public string Name { get; }

    /// <summary>The total amount.</summary>
    public long Capacity { get; }

    /// <summary>The amount that is taken now. If the system counts the resource, the amount at the last measurement.</summary>
    public long Used => Volatile.Read(in _used);

    /// <summary>The share of the capacity at which the resource becomes scarce. The default is 0.9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not between zero and one.</exception>
    public double HighWatermark
    {
        get;
        init => field = Share(value);
    } = 0.9;

    /// <summary>
    /// The share of the capacity to which a scarce resource must fall to stop being scarce. The default is 0.8. If it is above the high watermark, the high
    /// watermark applies.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not between zero and one.</exception>
    public double LowWatermark
    {
        get;
        init => field = Share(value);
    } = 0.8;

    /// <summary>True if the resource's use has reached the high watermark and has not fallen to the low one since.</summary>
    public bool IsScarce { get; private set; }

    /// <summary>The number of calls that have taken more of it than they have given back.</summary>
    internal int Holders { get; set; }

    /// <summary>The number of holders that can run and wait for their turn.</summary>
    internal int ReadyHolders { get; set; }

    /// <summary>The least amount that counts as taken by a stretch of code.</summary>
    internal virtual double LeastTaken => 0;

    /// <summary>
    /// Creates a resource for memory, in bytes. Its use is measured at the last garbage collection: it is the machine's load or, if a container or a setting
    /// limits the heap, the size of the heap, whichever is nearer to its limit. Its capacity is the load that the collector considers high (90 % of the
    /// machine's memory by default), or 70 % of the heap's limit. Between collections, the loop adds what its own thread has allocated. Near the limit it
    /// starts collections of the young generations, and while memory is scarce a full one from time to time, so that garbage counts as free.
    /// </summary>
    /// <param name="highWatermark">The share at which it becomes scarce.</param>
    /// <param name="lowWatermark">The share to which it must fall to stop being scarce.</param>
    /// <returns>A resource for one loop. It counts the allocations of a stretch of code as taken until the call ends.</returns>
    public static Resource ManagedMemory(double highWatermark = 1, double lowWatermark = 0.95) =>
        new ManagedMemoryResource { HighWatermark = highWatermark, LowWatermark = lowWatermark };

    /// <summary>Creates a resource for the open file descriptors of the process, whose capacity is the process's limit (<c>ulimit -n</c>).</summary>
    /// <param name="highWatermark">The share at which they become scarce.</param>
    /// <param name="lowWatermark">The share to which they must fall to stop being scarce.</param>
    /// <returns>A resource for one loop. The file descriptors that Tame.IO opens and closes count as taken and given back.</returns>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public static Resource Descriptors(double highWatermark = 0.9, double lowWatermark = 0.8) =>
        new DescriptorResource { HighWatermark = highWatermark, LowWatermark = lowWatermark };

    /// <summary>
    /// Creates a resource for the time of the loop's thread, in thousandths of the last tenth of a second. A stretch of code takes its running time, until its
    /// call ends.
    /// </summary>
    /// <param name="highWatermark">The share at which it becomes scarce.</param>
    /// <param name="lowWatermark">The share to which it must fall to stop being scarce.</param>
    /// <returns>A resource for one loop.</returns>
    public static Resource Processor(double highWatermark = 0.9, double lowWatermark = 0.8) =>
        new ProcessorResource { HighWatermark = highWatermark, LowWatermark = lowWatermark };

    /// <summary>Records that a call takes an amount. It may exceed the capacity: then the resource is scarce.</summary>
    /// <param name="amount">The amount, in the unit of the capacity.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    /// <exception cref="InvalidOperationException">This thread is not that of the resource's loop, or the system counts the resource.</exception>
    public void Take(long amount = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        Change(amount);
    }

    /// <summary>Records that a call gives an amount back.</summary>
    /// <param name="amount">The amount, in the unit of the capacity.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative, or more than is taken.</exception>
    /// <exception cref="InvalidOperationException">This thread is not that of the resource's loop, or the system counts the resource.</exception>
    public void Give(long amount = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, Used);
        Change(-amount);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Used} of {Capacity}{(IsScarce ? ", scarce" : "")}";

    /// <summary>Assigns the resource to a loop.</summary>
    /// <exception cref="InvalidOperationException">It belongs to another loop.</exception>
    internal void Attach(EventLoop loop)
    {
        if (_loop is not null && !_loop.IsEnded)
            throw new InvalidOperationException($"The resource {Name} belongs to another event loop. Create one for each loop.");
        _loop = loop;
    }

    /// <summary>Reads the use from the system, if the system counts the resource.</summary>
    internal virtual void Measure(EventLoop loop)
    {
    }

    /// <summary>Adds to the last measurement what the loop has taken since, if that is known.</summary>
    internal virtual void Estimate(EventLoop loop)
    {
    }

    /// <summary>The amount that the running code has taken so far, minus what it has given back.</summary>
    internal virtual double Taken(EventLoop loop) => Used;

    /// <summary>Whether the end of a call gives back what the call took.</summary>
    internal virtual bool EndsWithCall => false;

    /// <summary>Sets the current use.</summary>
    private protected void Set(long used)
    {
        Volatile.Write(ref _used, used);
        double share = (double)used / Capacity;
        IsScarce = share >= HighWatermark || IsScarce && share > LowWatermark;
    }

    private protected virtual void Change(long amount)
    {
        if (_loop is null)
            throw new InvalidOperationException($"The resource {Name} belongs to no event loop. Add it to EventLoopOptions.Resources of one.");
        if (!LoopThread.HasEntered(_loop))
            throw Errors.WrongThread(_loop);
        Set(Used + amount);
    }

    private static double Share(double value)
    {
        if (!(value is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A watermark is a share of the capacity, from 0 to 1.");
        return value;
    }
}
